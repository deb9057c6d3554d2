package io.layerplan.bench;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.NormPlacement;
import io.layerplan.compiler.model.RopeSpec;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tokenizer.ByteTokenizer;
import java.util.Collections;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The sizes of a model; those of Llama 3.2 1B where nothing else is asked for.
final class ShapeOptions {
    private static final double ROPE_BASE = 500_000;
    private static final float NORM_EPSILON = 1e-5f;
    private static final int MOST = 1 << 24;

    @Option(names = "--layers", paramLabel = "N", description = "Default: 16.")
    int layers = 16;

    @Option(names = "--width", paramLabel = "N", description = "Elements of the residual stream. Default: 2048.")
    int width = 2048;

    @Option(names = "--heads", paramLabel = "N", description = "Default: 32.")
    int heads = 32;

    @Option(names = "--kv-heads", paramLabel = "N", description = "Heads of keys and values. Default: 8.")
    int keyValueHeads = 8;

    @Option(names = "--head-size", paramLabel = "N", description = "Default: 64.")
    int headSize = 64;

    @Option(names = "--feed-forward", paramLabel = "N", description = "Width of the feed-forward. Default: 8192.")
    int feedForward = 8192;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Tokens; the head is the embedding. Default: 128256.")
    int vocabulary = 128_256;

    @Option(names = "--context", paramLabel = "N", description = "Positions. Default: 131072.")
    int context = 131_072;

    /// @throws InputException if there is no such model
    ModelSpec spec(String name) {
        require("--layers", layers, 1, 1);
        require("--width", width, 1, 1);
        require("--heads", heads, 1, 1);
        require("--kv-heads", keyValueHeads, 1, 1);
        require("--head-size", headSize, 2, 2);
        require("--feed-forward", feedForward, 1, 1);
        require("--vocabulary", vocabulary, ByteTokenizer.LEAST_VOCABULARY, 1);
        require("--context", context, 1, 1);
        if (heads % keyValueHeads != 0) {
            throw new InputException(
                    "%d heads cannot share %d heads of keys and values".formatted(heads, keyValueHeads),
                    "`--heads` is a multiple of `--kv-heads`");
        }
        RopeSpec rope = new RopeSpec(Rope.Pairing.ADJACENT, headSize, ROPE_BASE, 1, Optional.empty());
        LayerSpec layer =
                new LayerSpec(new Heads(heads, keyValueHeads, headSize, 1 / Math.sqrt(headSize)), 0, rope, feedForward);
        return new ModelSpec(
                name,
                "llama",
                width,
                vocabulary,
                context,
                true,
                1,
                NORM_EPSILON,
                NormPlacement.PRE,
                false,
                false,
                false,
                Activation.SILU,
                Collections.nCopies(layers, layer));
    }

    private static void require(String option, int value, int least, int multiple) {
        if (value < least || value > MOST || value % multiple != 0) {
            throw new InputException(
                    "`%s %d` is not possible".formatted(option, value),
                    "give %s number from %d to %d".formatted(multiple == 2 ? "an even" : "a", least, MOST));
        }
    }
}
