package io.layerplan.bench.jmh;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.NormPlacement;
import io.layerplan.compiler.model.RopeSpec;
import io.layerplan.compiler.model.WeightShapes;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A model of a shape and a type of weights that are wanted, such as no file has: a few random rows over and over, so
/// that it is made in a moment.
///
/// @param width       a multiple of 256, since some types have blocks of as many
/// @param feedForward a multiple of 256
record SyntheticModel(int layers, int width, int feedForward, int vocabulary, ElementType type) {
    private static final int HEAD = 64;
    private static final int QUERIES_PER_KEY = 4;
    private static final int CONTEXT = 16_384;
    private static final int SAMPLE_ROWS = 8;
    private static final double DEVIATION = 0.02;

    /// One layer of a model of 1 billion parameters or so, and hardly any vocabulary.
    static SyntheticModel ofLayers(int layers, ElementType type) {
        return new SyntheticModel(layers, 2048, 8192, 256, type);
    }

    /// @param arena holds the weights
    Model in(Arena arena) {
        int heads = width / HEAD;
        RopeSpec rope = new RopeSpec(Rope.Pairing.HALVES, HEAD, 1e4, 1, Optional.empty());
        LayerSpec layer = new LayerSpec(
                new Heads(heads, heads / QUERIES_PER_KEY, HEAD, 1 / Math.sqrt(HEAD)), 0, rope, feedForward);
        ModelSpec spec = new ModelSpec(
                "synthetic",
                "llama",
                width,
                vocabulary,
                CONTEXT,
                false,
                1,
                1e-5f,
                NormPlacement.PRE,
                false,
                false,
                false,
                Activation.SILU,
                Collections.nCopies(layers, layer));
        Map<String, Matrix> weights = new LinkedHashMap<>();
        WeightShapes.of(spec)
                .forEach((name, shape) -> weights.put(name, weight(name, shape.rows(), shape.columns(), arena)));
        return new Model(spec, weights);
    }

    private Matrix weight(String name, int rows, int columns, Arena arena) {
        boolean vector = rows == 1;
        ElementType of = vector ? ElementType.F32 : type;
        Matrix sample =
                RandomWeights.matrix(name, of, vector ? 1 : SAMPLE_ROWS, columns, DEVIATION, new SplittableRandom(1));
        long rowBytes = of.rowBytes(columns);
        MemorySegment data = arena.allocate(rows * rowBytes, 64);
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(sample.data(), row % sample.rows() * rowBytes, data, row * rowBytes, rowBytes);
        }
        return new Matrix(name, of, rows, columns, data.asReadOnly());
    }
}
