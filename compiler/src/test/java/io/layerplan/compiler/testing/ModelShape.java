package io.layerplan.compiler.testing;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.NormPlacement;
import io.layerplan.compiler.model.RopeSpec;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope.Pairing;
import io.layerplan.runtime.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The sizes of a small model. A model of `gemma3` has a window in two layers of three.
///
/// @param window      positions of the window, where the architecture has windows
/// @param ropeFactors rope factors, where the architecture may have them
/// @param types       each matrix has one of them, where its columns fill blocks; else it is F32, as are all
///        vectors
public record ModelShape(
        String architecture,
        int layers,
        int width,
        int heads,
        int keyValueHeads,
        int headSize,
        int feedForward,
        int vocabulary,
        int window,
        boolean tiedHead,
        boolean ropeFactors,
        List<ElementType> types) {
    /// The architectures, by their names in GGUF files.
    public static final List<String> ARCHITECTURES = List.of("llama", "qwen2", "qwen3", "gemma3");

    static final int WINDOW_PERIOD = 3;

    public ModelShape {
        types = List.copyOf(types);
    }

    /// A shape in which every matrix has the type `type`; widths are multiples of its block, with grouped
    /// queries.
    public static ModelShape of(String architecture, ElementType type) {
        return of(architecture, List.of(type), 4);
    }

    /// A shape of `layers` layers in which the types are mixed; widths are multiples of the largest block.
    public static ModelShape of(String architecture, List<ElementType> types, int layers) {
        int block = types.stream().mapToInt(ElementType::blockElements).max().orElse(1);
        int width = Math.max(block, 64);
        return new ModelShape(
                architecture, layers, width, 4, 2, width / 4, Math.max(block, 96), 288, 5, true, false, types);
    }

    /// A random shape of this architecture and of matrices of this type.
    public static ModelShape random(String architecture, ElementType type, RandomGenerator random) {
        int block = type.blockElements();
        int unit = Math.max(block, 2);
        int keyValueHeads = 1 << random.nextInt(2);
        int heads = keyValueHeads * random.nextInt(1, 4);
        int headSize = 2 * random.nextInt(2, 9);
        while (heads * headSize % block != 0) {
            headSize += 2;
        }
        int width = block > 32 ? block : unit * random.nextInt(1, 1 + 64 / unit);
        int feedForward = block > 32 ? block : unit * random.nextInt(1, 1 + 96 / unit);
        return new ModelShape(
                architecture,
                random.nextInt(2, 7),
                width,
                heads,
                keyValueHeads,
                headSize,
                feedForward,
                random.nextInt(270, 300),
                random.nextInt(2, 9),
                random.nextBoolean(),
                random.nextBoolean(),
                List.of(type));
    }

    ModelSpec spec(String name) {
        boolean gemma = architecture.equals("gemma3");
        List<LayerSpec> specs = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            specs.add(layer(gemma && windowed(layer)));
        }
        return new ModelSpec(
                name,
                architecture,
                width,
                vocabulary,
                512,
                tiedHead,
                gemma ? (float) Math.sqrt(width) : 1,
                1e-5f,
                gemma ? NormPlacement.SANDWICH : NormPlacement.PRE,
                gemma || architecture.equals("qwen3"),
                architecture.equals("qwen2"),
                false,
                gemma ? Activation.GELU_TANH : Activation.SILU,
                specs);
    }

    static boolean windowed(int layer) {
        return (layer + 1) % WINDOW_PERIOD != 0;
    }

    private LayerSpec layer(boolean windowed) {
        boolean llama = architecture.equals("llama");
        boolean gemma = architecture.equals("gemma3");
        RopeSpec rope = new RopeSpec(
                llama ? Pairing.ADJACENT : Pairing.HALVES,
                headSize,
                gemma && !windowed ? 1e6 : 1e4,
                1,
                llama && ropeFactors ? Optional.of(WeightNames.ropeFactors()) : Optional.empty());
        Heads shape = new Heads(heads, keyValueHeads, headSize, 1 / Math.sqrt(headSize));
        return new LayerSpec(shape, windowed ? window : 0, rope, feedForward);
    }
}
