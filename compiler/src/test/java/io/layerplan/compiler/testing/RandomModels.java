package io.layerplan.compiler.testing;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.SpecKeys;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.compiler.model.WeightShapes;
import io.layerplan.compiler.model.WeightShapes.Shape;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import io.layerplan.runtime.tokenizer.ByteTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Small models with random weights, in memory or as files. Weights are scaled so that activations stay about 1,
/// and every trait of an architecture matters: no gain is 1 and no bias 0.
public final class RandomModels {
    private RandomModels() {}

    /// The same model for the same arguments, always.
    public static Model model(ModelShape shape, long seed) {
        ModelSpec spec = shape.spec("random-%s-%d".formatted(shape.architecture(), seed));
        RandomGenerator random = new SplittableRandom(seed);
        Map<String, Matrix> weights = new LinkedHashMap<>();
        WeightShapes.of(spec)
                .forEach((name, size) -> weights.put(name, weight(name, size, shape.types(), spec, random)));
        return new Model(spec, weights);
    }

    /// Writes [#model] as a GGUF file, with a tokenizer of bytes, and returns the path.
    public static Path write(ModelShape shape, long seed, Path path) {
        return write(model(shape, seed), path);
    }

    /// Writes a model as a GGUF file, with a tokenizer of bytes, and returns the path.
    public static Path write(Model model, Path path) {
        Map<String, Object> keys = new LinkedHashMap<>(SpecKeys.of(model.spec()));
        keys.putAll(ByteTokenizer.keys(model.spec().vocabulary()));
        GgufWriter writer = new GgufWriter(Metadata.of(keys));
        model.weights().values().forEach(writer::tensor);
        writer.write(path);
        return path;
    }

    /// The model in which layer i is a copy of layer `origins[i]` of `model`, with its weights and traits: what a
    /// plan that runs these layers in this order has to equal.
    public static Model relayered(Model model, List<Integer> origins) {
        ModelSpec spec = model.spec();
        List<LayerSpec> layers = origins.stream().map(spec::layer).toList();
        Map<String, Matrix> weights = new LinkedHashMap<>(model.weights());
        weights.keySet().removeIf(name -> name.startsWith("blk."));
        for (int layer = 0; layer < layers.size(); layer++) {
            String from = "blk." + origins.get(layer) + ".";
            String to = "blk." + layer + ".";
            model.weights().forEach((name, weight) -> {
                if (name.startsWith(from)) {
                    String copy = to + name.substring(from.length());
                    weights.put(copy, new Matrix(copy, weight.type(), weight.rows(), weight.columns(), weight.data()));
                }
            });
        }
        return new Model(withLayers(spec, layers), weights);
    }

    private static ModelSpec withLayers(ModelSpec spec, List<LayerSpec> layers) {
        return new ModelSpec(
                spec.name() + "-relayered",
                spec.architecture(),
                spec.width(),
                spec.vocabulary(),
                spec.context(),
                spec.tiedHead(),
                spec.embeddingScale(),
                spec.normEpsilon(),
                spec.normPlacement(),
                spec.queryKeyNorm(),
                spec.qkvBias(),
                spec.outputBias(),
                spec.activation(),
                new ArrayList<>(layers));
    }

    private static Matrix weight(
            String name, Shape shape, List<ElementType> types, ModelSpec spec, RandomGenerator random) {
        if (shape.rows() == 1) {
            return vector(name, shape.columns(), random);
        }
        List<ElementType> fitting = types.stream()
                .filter(type -> shape.columns() % type.blockElements() == 0)
                .toList();
        ElementType type = fitting.isEmpty() ? ElementType.F32 : fitting.get(random.nextInt(fitting.size()));
        double deviation =
                name.equals(WeightNames.tokenEmbedding()) ? 1 / spec.embeddingScale() : 1 / Math.sqrt(shape.columns());
        return RandomWeights.matrix(name, type, shape.rows(), shape.columns(), deviation, random);
    }

    private static Matrix vector(String name, int columns, RandomGenerator random) {
        float[] values = new float[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = (float)
                    (name.equals(WeightNames.ropeFactors())
                            ? random.nextDouble(1, 4)
                            : (name.endsWith(".bias") ? 0 : 1) + 0.2 * random.nextGaussian());
        }
        return RandomWeights.matrix(name, ElementType.F32, 1, columns, values);
    }
}
