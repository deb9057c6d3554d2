package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model.
public final class ModelOptions {
    private static final String BUNDLED = "examples/models/kjv-7m-q8_0.gguf";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "FILE",
            description = "The model, a GGUF file. Without it the one that LAYERPLAN_MODEL names, and without that the "
                    + "bundled one of 17 layers.")
    @Nullable
    String model;

    /// Whether `--model` was given.
    public boolean isNamed() {
        return model != null;
    }

    /// The model's file.
    public Path path(Environment environment) {
        Optional<String> named = Optional.ofNullable(model).or(() -> environment.variable("LAYERPLAN_MODEL"));
        return named.map(Path::of).orElseGet(() -> bundled(environment));
    }

    private static Path bundled(Environment environment) {
        return environment
                .home()
                .map(home -> home.resolve(BUNDLED))
                .filter(Files::exists)
                .orElseThrow(() -> new InputException(
                        "no model given", "name one with `--model FILE` or the variable LAYERPLAN_MODEL"));
    }
}
