package io.layerplan.compiler.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The keys of a GGUF file that say what a [ModelSpec] says, the counterpart of [ModelReader]. What differs from layer
/// to layer becomes an array.
public final class SpecKeys {
    private SpecKeys() {}

    /// In an order that is always the same; for `Metadata.of`.
    public static Map<String, Object> of(ModelSpec spec) {
        List<LayerSpec> layers = spec.layers();
        LayerSpec first = layers.getFirst();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("block_count", layers.size());
        keys.put("context_length", spec.context());
        keys.put("embedding_length", spec.width());
        keys.put("feed_forward_length", each(layers, LayerSpec::feedForwardWidth));
        keys.put("attention.head_count", each(layers, layer -> layer.heads().queries()));
        keys.put("attention.head_count_kv", each(layers, layer -> layer.heads().keyValues()));
        keys.put("attention.key_length", first.heads().size());
        keys.put("attention.value_length", first.heads().size());
        keys.put("attention.layer_norm_rms_epsilon", spec.normEpsilon());
        keys.put("rope.dimension_count", first.rope().dimensions());
        windows(layers, keys);
        layers.stream()
                .filter(layer -> layer.window() == 0)
                .map(LayerSpec::rope)
                .findFirst()
                .ifPresent(rope -> positions(rope, keys));
        Map<String, Object> prefixed = new LinkedHashMap<>();
        prefixed.put("general.architecture", spec.architecture());
        prefixed.put("general.name", spec.name());
        keys.forEach((key, value) -> prefixed.put(spec.architecture() + "." + key, value));
        return prefixed;
    }

    private static void positions(RopeSpec rope, Map<String, Object> keys) {
        keys.put("rope.freq_base", (float) rope.base());
        if (rope.scale() != 1) {
            keys.put("rope.scaling.type", "linear");
            keys.put("rope.scaling.factor", (float) rope.scale());
        }
    }

    private static void windows(List<LayerSpec> layers, Map<String, Object> keys) {
        int largest = layers.stream().mapToInt(LayerSpec::window).max().orElse(0);
        if (largest > 0) {
            boolean[] windowed = new boolean[layers.size()];
            for (int i = 0; i < windowed.length; i++) {
                windowed[i] = layers.get(i).window() > 0;
            }
            keys.put("attention.sliding_window", largest);
            keys.put("attention.sliding_window_pattern", windowed);
        }
    }

    private static Object each(List<LayerSpec> layers, ToIntFunction<LayerSpec> trait) {
        int[] values = layers.stream().mapToInt(trait).toArray();
        boolean equal = layers.stream().mapToInt(trait).distinct().count() == 1;
        return equal ? values[0] : values;
    }
}
