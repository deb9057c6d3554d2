package io.layerplan.compiler.cli;

import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.runtime.gguf.GgufFile;
import java.nio.file.Path;

/// What a plan has to know about the model in a file.
final class ModelShapes {
    private ModelShapes() {}

    static ModelShape read(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            return of(path, ModelReader.read(file).spec());
        }
    }

    /// In messages a model goes by its file's name.
    static ModelShape of(Path path, ModelSpec spec) {
        return new ModelShape(String.valueOf(path.getFileName()), spec.layers().size());
    }
}
