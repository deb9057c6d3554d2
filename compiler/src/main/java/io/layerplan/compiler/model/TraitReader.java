package io.layerplan.compiler.model;

import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Quoted;
import io.layerplan.runtime.program.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From the keys of a file to a [ModelSpec]: what the file says, and what its [Architecture] says where it is
/// silent.
final class TraitReader {
    private static final int MOST_ELEMENTS = 1 << 24;
    private static final int MOST_HEADS = 1 << 15;
    /// Norms, q, k, v, output, gate, up, down.
    private static final int FEWEST_TENSORS_OF_A_LAYER = 9;

    private final GgufFile file;
    private final Metadata metadata;
    private final Architecture architecture;
    private final ModelKeys keys;

    TraitReader(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = Architectures.of(metadata);
        this.keys = new ModelKeys(metadata, architecture);
    }

    /// @param vocabulary the number of tokens
    ModelSpec read(int vocabulary) {
        int width = keys.whole("embedding_length", 1, MOST_ELEMENTS);
        return new ModelSpec(
                Quoted.printable(metadata.string("general.name")
                        .orElse(file.path().getFileName().toString())),
                architecture.name(),
                width,
                vocabulary,
                keys.whole("context_length", 1, Integer.MAX_VALUE),
                !has("output.weight"),
                architecture.scaledEmbedding() ? (float) Math.sqrt(width) : 1,
                (float) keys.requiredPositive("attention.layer_norm_rms_epsilon"),
                architecture.norms(),
                architecture.queryKeyNorm(),
                architecture.qkvBias() || has(WeightNames.attnQBias(0)),
                has(WeightNames.attnOutputBias(0)),
                architecture.activation(),
                layers(width));
    }

    private List<LayerSpec> layers(int width) {
        int count = keys.whole("block_count", 1, Integer.MAX_VALUE);
        if (count > file.tensors().size() / FEWEST_TENSORS_OF_A_LAYER) {
            throw keys.refuse(
                    "block_count",
                    "is %d, but the file has only %d tensors"
                            .formatted(count, file.tensors().size()));
        }
        int[] heads = keys.wholes("attention.head_count", count, 1, MOST_HEADS);
        int[] keyValueHeads = keys.wholes("attention.head_count_kv", count, 1, MOST_HEADS, heads);
        int[] feedForward = keys.wholes("feed_forward_length", count, 1, MOST_ELEMENTS);
        WindowReader windows = new WindowReader(keys, architecture, count);
        List<LayerSpec> layers = new ArrayList<>();
        for (int layer = 0; layer < count; layer++) {
            Heads shape = heads(width, count, heads[layer], keyValueHeads[layer]);
            int window = windows.of(layer);
            layers.add(new LayerSpec(shape, window, rope(shape.size(), window), feedForward[layer]));
        }
        return layers;
    }

    private Heads heads(int width, int layers, int queries, int keyValues) {
        if (queries % keyValues != 0) {
            throw keys.refuse(
                    "attention.head_count", "is %d, no multiple of the %d of keys".formatted(queries, keyValues));
        }
        int size = headSize(width, queries);
        int scaleByWidthAt = architecture.windows().scaleByWidthAt();
        double squared = layers == scaleByWidthAt ? (double) width / queries : size;
        double scale = keys.positive("attention.scale").orElse(1 / Math.sqrt(squared));
        return new Heads(queries, keyValues, size, scale);
    }

    private int headSize(int width, int queries) {
        if (!keys.has("attention.key_length") && width % queries != 0) {
            throw keys.refuse("attention.head_count", "is %d, no divisor of the width %d".formatted(queries, width));
        }
        int size = keys.whole("attention.key_length", 2, MOST_HEADS, width / queries);
        int values = keys.whole("attention.value_length", 1, MOST_HEADS, size);
        if (values != size) {
            throw keys.refuse("attention.value_length", "is %d, but keys have %d elements".formatted(values, size));
        }
        return size;
    }

    private RopeSpec rope(int headSize, int window) {
        int dimensions = keys.whole("rope.dimension_count", 2, headSize, headSize);
        if (dimensions % 2 != 0) {
            throw keys.refuse("rope.dimension_count", "is %d, expected an even number".formatted(dimensions));
        }
        double windowBase = architecture.windows().windowBase();
        boolean local = window > 0 && windowBase > 0;
        double base = local
                ? keys.positive("rope.freq_base_swa").orElse(windowBase)
                : keys.positive("rope.freq_base").orElse(architecture.windows().base());
        boolean factors = architecture.ropeFactors() && has(WeightNames.ropeFactors());
        return new RopeSpec(
                architecture.pairing(),
                dimensions,
                base,
                local ? 1 : positionScale(),
                factors ? Optional.of(WeightNames.ropeFactors()) : Optional.empty());
    }

    /// What positions are divided by in the layers that are not local.
    private double positionScale() {
        String type = keys.string("rope.scaling.type", "linear");
        return switch (type) {
            case "none" -> 1;
            case "linear" ->
                keys.positive("rope.scaling.factor")
                        .orElse(keys.positive("rope.scale_linear").orElse(1));
            default ->
                throw keys.refuse("rope.scaling.type", "is %s, which is not supported".formatted(Quoted.of(type)));
        };
    }

    private boolean has(String tensor) {
        return file.tensor(tensor).isPresent();
    }
}
