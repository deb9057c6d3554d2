package io.layerplan.runtime.testing;

import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/// Random weights of every type.
public final class RandomWeights {
    private RandomWeights() {}

    /// A matrix whose elements are normally distributed around 0.
    public static Matrix matrix(
            String name, ElementType type, int rows, int columns, double deviation, RandomGenerator random) {
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return matrix(name, type, rows, columns, values);
    }

    /// A matrix of these values, as nearly as the type can hold them.
    public static Matrix matrix(String name, ElementType type, int rows, int columns, float[] values) {
        MemorySegment data =
                MemorySegment.ofArray(Quantize.encode(type, values)).asReadOnly();
        return new Matrix(name, type, rows, columns, data);
    }
}
