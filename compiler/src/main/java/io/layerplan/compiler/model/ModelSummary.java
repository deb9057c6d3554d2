package io.layerplan.compiler.model;

import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What `inspect` shows of a model file.
///
/// @param file    its name
/// @param bytes   of the whole file
/// @param layers  equal traits of neighbouring layers together
/// @param tensors in the order of the file
/// @param totals  by element type, the largest first
public record ModelSummary(
        String file, long bytes, ModelSpec spec, List<LayerRange> layers, List<Tensor> tensors, List<Total> totals) {
    public ModelSummary {
        layers = List.copyOf(layers);
        tensors = List.copyOf(tensors);
        totals = List.copyOf(totals);
    }

    /// Layers `first … last`, which have the same traits.
    public record LayerRange(int first, int last, LayerSpec traits) {}

    /// @param type  as printed: `q4_k`
    /// @param shape in ggml's order: elements of a row first
    public record Tensor(String name, String type, List<Long> shape, long bytes) {
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /// What the tensors of one type come to.
    public record Total(String type, int tensors, long elements, long bytes) {}

    /// @throws io.layerplan.runtime.InputException as [ModelReader#read]
    public static ModelSummary of(GgufFile file) {
        ModelSpec spec = ModelReader.read(file).spec();
        List<Tensor> tensors = file.tensors().stream()
                .map(tensor -> new Tensor(
                        tensor.name(),
                        tensor.type().label(),
                        tensor.shape(),
                        tensor.data().byteSize()))
                .toList();
        return new ModelSummary(
                file.path().getFileName().toString(), file.size(), spec, ranges(spec), tensors, totals(file));
    }

    private static List<LayerRange> ranges(ModelSpec spec) {
        List<LayerRange> ranges = new ArrayList<>();
        int first = 0;
        for (int layer = 1; layer <= spec.layers().size(); layer++) {
            boolean ends = layer == spec.layers().size() || !spec.layer(layer).equals(spec.layer(first));
            if (ends) {
                ranges.add(new LayerRange(first, layer - 1, spec.layer(first)));
                first = layer;
            }
        }
        return ranges;
    }

    private static List<Total> totals(GgufFile file) {
        Map<ElementType, Total> totals = new TreeMap<>();
        for (GgufTensor tensor : file.tensors()) {
            long elements = tensor.rows() * tensor.columns();
            totals.merge(
                    tensor.type(),
                    new Total(tensor.type().label(), 1, elements, tensor.data().byteSize()),
                    (a, b) -> new Total(
                            a.type(), a.tensors() + b.tensors(), a.elements() + b.elements(), a.bytes() + b.bytes()));
        }
        return totals.values().stream()
                .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
                .toList();
    }

    /// All weights' elements.
    public long parameters() {
        return totals.stream().mapToLong(Total::elements).sum();
    }

    /// The summary for people: the traits, what differs between layers, and the totals.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("model", spec.name()));
        lines.add(line("file", "%s, %s".formatted(file, size(bytes))));
        lines.add(line("architecture", spec.architecture()));
        lines.add(line("parameters", count(parameters())));
        lines.add(line("layers", "%d, numbered 0..%d".formatted(spec.layers().size(), spec.lastLayer())));
        lines.add(line("width", count(spec.width())));
        lines.add(line("context", count(spec.context())));
        lines.add(
                line("vocabulary", count(spec.vocabulary()) + (spec.tiedHead() ? ", head tied to the embedding" : "")));
        lines.add(line("norms", norms()));
        lines.add(line("feed-forward", "gated " + spec.activation().name().toLowerCase(Locale.ROOT)));
        layers.forEach(range -> lines.add(line(range(range), traits(range.traits()))));
        totals.forEach(total -> lines.add(line(
                total.type(),
                "%d tensors, %s parameters, %s"
                        .formatted(total.tensors(), count(total.elements()), size(total.bytes())))));
        return lines;
    }

    /// Every tensor for people, in the order of the file: name, type, shape, size.
    public List<String> tensorLines() {
        int longest = tensors.stream()
                .mapToInt(tensor -> tensor.name().length())
                .max()
                .orElse(0);
        return tensors.stream()
                .map(tensor -> "%s  %-4s  %-16s %10s"
                        .formatted(
                                tensor.name()
                                        + " ".repeat(longest - tensor.name().length()),
                                tensor.type(),
                                tensor.shape(),
                                size(tensor.bytes())))
                .toList();
    }

    private String norms() {
        String placement = switch (spec.normPlacement()) {
            case PRE -> "before each half of a layer";
            case SANDWICH -> "before and after each half of a layer";
        };
        return "%s, epsilon %s%s%s"
                .formatted(
                        placement,
                        spec.normEpsilon(),
                        spec.queryKeyNorm() ? ", and on queries and keys" : "",
                        spec.qkvBias() ? "; biases on q, k and v" : "");
    }

    private static String range(LayerRange range) {
        return range.first() == range.last()
                ? "layer " + range.first()
                : "layers %d..%d".formatted(range.first(), range.last());
    }

    private static String traits(LayerSpec layer) {
        Heads heads = layer.heads();
        RopeSpec rope = layer.rope();
        return "%d heads over %d of %d, %s, rope base %s%s%s, feed-forward %s"
                .formatted(
                        heads.queries(),
                        heads.keyValues(),
                        heads.size(),
                        layer.window() == 0 ? "whole context" : "window " + layer.window(),
                        plain(rope.base()),
                        rope.scale() == 1 ? "" : " scaled by " + plain(rope.scale()),
                        rope.factors().isPresent() ? " with factors" : "",
                        count(layer.feedForwardWidth()));
    }

    private static String line(String label, String text) {
        return "%-14s %s".formatted(label, text);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? count((long) number) : Double.toString(number);
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
