package io.layerplan.compiler.cli;

import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.runtime.gguf.GgufFile;
import java.nio.file.Path;

/// The model of a command, for as long as its file is open.
public record OpenModel(GgufFile file, Model model) implements AutoCloseable {
    public static OpenModel open(Path path) {
        GgufFile file = GgufFile.open(path);
        try {
            return new OpenModel(file, ModelReader.read(file));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    public ModelSpec spec() {
        return model.spec();
    }

    /// In messages a model goes by its file's name.
    public String fileName() {
        return String.valueOf(file.path().getFileName());
    }

    /// What a plan has to know.
    public ModelShape shape() {
        return new ModelShape(fileName(), spec().layers().size());
    }

    @Override
    public void close() {
        file.close();
    }
}
