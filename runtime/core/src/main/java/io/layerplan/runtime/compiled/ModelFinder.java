package io.layerplan.runtime.compiled;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.gguf.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the model of a compiled plan that carries no weights: the one that is named, else where it was when the plan
/// was compiled, else beside the plan.
final class ModelFinder {
    private ModelFinder() {}

    /// Opens it, and compares it with the plan's fingerprint.
    ///
    /// @throws InputException if there is none, or it is another model
    static GgufFile open(PlanFile plan, Optional<Path> named, Progress progress) {
        Path path = named.orElseGet(() -> search(plan));
        GgufFile model = GgufFile.open(path);
        try {
            plan.fingerprint().difference(model, plan.program(), progress).ifPresent(difference -> {
                throw new InputException(
                        "`%s` is not the model `%s` that `%s` was compiled for: %s"
                                .formatted(path, plan.fingerprint().name(), plan.path(), difference),
                        "name the right model with `--model FILE`, or compile the plan for this one");
            });
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static Path search(PlanFile plan) {
        Path recorded = plan.recordedModel();
        if (Files.exists(recorded)) {
            return recorded;
        }
        Path name = recorded.getFileName();
        if (name != null && Files.exists(plan.path().resolveSibling(name))) {
            return plan.path().resolveSibling(name);
        }
        throw new InputException(
                "`%s` carries no weights, and its model is neither at `%s` nor beside it"
                        .formatted(plan.path(), recorded),
                "name it with `--model FILE`, or compile the plan with `--pack`");
    }
}
