package io.layerplan.compiler.pipeline;

import java.util.function.Supplier;

/// Is shown what each stage of a compilation makes.
@FunctionalInterface
public interface StageListener {
    StageListener NONE = (_, _) -> {};

    /// @param stage one of [Compilation#stages()]
    /// @param text  the printed schedule, graph or program, made when it is asked for
    void after(String stage, Supplier<String> text);

    /// One that passes on this stage only, or every stage where it is `all`.
    ///
    /// @throws io.layerplan.runtime.InputException if there is no such stage
    static StageListener of(String stage, StageListener listener) {
        if (stage.equals("all")) {
            return listener;
        }
        CompilationOptions.requireKnown(stage, Compilation.stages());
        return (reached, text) -> {
            if (reached.equals(stage)) {
                listener.after(reached, text);
            }
        };
    }
}
