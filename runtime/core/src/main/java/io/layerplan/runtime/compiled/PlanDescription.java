package io.layerplan.runtime.compiled;

import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;

/// What a compiled plan is, without the model that it was compiled for.
///
/// @param name      what the plan is called
/// @param version   of the file's format
/// @param target    what it was compiled for
/// @param packed    whether the file carries the weights
/// @param layout    how they lie in it: `none`, `file` as in the model's file, or a name of the target's
/// @param model     the name of the model
/// @param modelPath where the model was when the plan was compiled
public record PlanDescription(
        String name,
        int version,
        String target,
        boolean packed,
        String layout,
        String model,
        Path modelPath,
        PlanOrigin origin,
        Program program) {
    /// Reads a compiled plan, and checks every byte.
    ///
    /// @throws InputException as in [CompiledPlan#open(Path)], the model aside
    public static PlanDescription read(Path path) {
        try (PlanFile file = PlanFile.open(path)) {
            return new PlanDescription(
                    file.program().name(),
                    PlanFile.VERSION,
                    file.metadata().requiredString(Keys.TARGET),
                    file.isPacked(),
                    file.layout(),
                    file.fingerprint().name(),
                    file.recordedModel(),
                    file.origin(),
                    file.program());
        }
    }

    /// Whether an open file is a compiled plan, and not a model.
    public static boolean describes(GgufFile file) {
        return file.metadata()
                .string(Keys.ARCHITECTURE)
                .filter(PlanFile.ARCHITECTURE::equals)
                .isPresent();
    }
}
