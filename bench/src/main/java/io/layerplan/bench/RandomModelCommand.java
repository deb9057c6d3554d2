package io.layerplan.bench;

import io.layerplan.bench.random.RandomModel;
import io.layerplan.bench.random.WeightMix;
import io.layerplan.compiler.cli.Command;
import io.layerplan.compiler.cli.CommonOptions;
import io.layerplan.compiler.cli.Environment;
import io.layerplan.compiler.cli.ExitCodes;
import io.layerplan.compiler.cli.Json;
import io.layerplan.compiler.cli.Sizes;
import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan random-model`.
@CommandLine.Command(
        name = "random-model",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Writes a model with random weights, to measure sizes and formats.",
        description = {
            "",
            "The model is of the architecture llama, by default as large as Llama 3.2 1B, with a tokenizer of bytes."
                    + " What it says is noise, and it says it as fast as a trained model of its shape. llama.cpp and"
                    + " others read the file too."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan random-model -o llama-1b-q4_0.gguf --type q4_0",
            "      1.24 billion parameters, 699 MB.",
            "  layerplan bench -e 'run all' --model llama-1b-q4_0.gguf",
            "      How fast it is.",
            "  layerplan random-model -o small.gguf --type f16 --layers 4 --vocabulary 1000",
            "      Another shape."
        })
final class RandomModelCommand implements Command {
    private static final String LAYER = "blk.";

    private final Environment environment;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, by custom `NAME.gguf`; one that is there is not replaced.")
    @Nullable
    Path output;

    @Option(
            names = "--type",
            paramLabel = "FORMAT",
            description =
                    "Of all matrices: f32, f16, bf16, q8_0, q4_0, q4_1, q5_0, q5_1, q4_k, q5_k or q6_k; or q4_k_m,"
                            + " llama.cpp's mix of q4_k and q6_k. Default: q8_0.")
    String type = "q8_0";

    @Mixin
    ShapeOptions shape = new ShapeOptions();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed makes the same file. Default: 1.")
    long seed = 1;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    RandomModelCommand(Environment environment) {
        this.environment = environment;
    }

    /// @param output     the file
    /// @param bytes      its size
    /// @param parameters weights
    record Report(String output, long bytes, String type, long parameters) {
        String text() {
            return String.format(
                    Locale.ROOT, "%s: %,d parameters, %s, %s\n", output, parameters, type, Sizes.bytes(bytes));
        }
    }

    @Override
    public int run() {
        Path file = output();
        WeightMix mix = WeightMix.named(type);
        RandomModel model = new RandomModel(shape.spec("random " + mix.label()), mix, seed);
        try (Progress progress = new Progress(environment)) {
            model.write(file, weight -> {
                if (environment.errorIsTerminal()) {
                    progress.at("writing " + part(weight), 0, 0);
                }
            });
        }
        Report report = new Report(file.toString(), size(file), mix.label(), model.parameters());
        environment.out().print(json ? Json.text(report) : report.text());
        return ExitCodes.SUCCESS;
    }

    private Path output() {
        if (output == null) {
            throw new InputException("no output given", "name a file to write: `-o random.gguf`");
        }
        if (Files.exists(output)) {
            throw new InputException("`%s` exists already".formatted(output), "delete it, or give another name");
        }
        return output;
    }

    /// `layer 3` of `blk.3.attn_q.weight`; there is no need to know more.
    private static String part(String weight) {
        return weight.startsWith(LAYER)
                ? "layer " + weight.substring(LAYER.length(), weight.indexOf('.', LAYER.length()))
                : weight;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean json() {
        return json;
    }
}
