package io.layerplan.runtime.compiled;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;
import java.util.Optional;

/// How a compiled plan is opened.
///
/// @param model   the model's file; without it the plan's own weights, or the model that it finds
/// @param threads workers; 0 is one for each physical core
/// @param context the most positions of a sequence; 0 is the model's own, but at most [#USUAL_CONTEXT]
/// @param batch   the most tokens that go through the program at a time; 0 is the usual
/// @param kv      how keys and values are stored
public record CompiledPlanOptions(Optional<Path> model, int threads, int context, int batch, KeyValueFormat kv) {
    /// Enough for most texts, little enough to fit into a JVM's memory.
    public static final int USUAL_CONTEXT = 4096;

    public static final CompiledPlanOptions DEFAULTS =
            new CompiledPlanOptions(Optional.empty(), 0, 0, 0, KeyValueFormat.F32);

    /// The most positions of a sequence of a program.
    ///
    /// @param asked 0 for the usual
    /// @throws InputException if more are asked for than its model was made for
    public static int contextOf(Program program, int asked) {
        if (asked > program.context()) {
            throw new InputException(
                    "a context of %d is more than the model was made for".formatted(asked),
                    "it was made for %d positions".formatted(program.context()));
        }
        return asked != 0 ? asked : Math.min(program.context(), USUAL_CONTEXT);
    }

    public CompiledPlanOptions withModel(Path value) {
        return new CompiledPlanOptions(Optional.of(value), threads, context, batch, kv);
    }

    public CompiledPlanOptions withThreads(int value) {
        return new CompiledPlanOptions(model, value, context, batch, kv);
    }

    public CompiledPlanOptions withContext(int value) {
        return new CompiledPlanOptions(model, threads, value, batch, kv);
    }

    public CompiledPlanOptions withBatch(int value) {
        return new CompiledPlanOptions(model, threads, context, value, kv);
    }

    public CompiledPlanOptions withKv(KeyValueFormat value) {
        return new CompiledPlanOptions(model, threads, context, batch, value);
    }
}
