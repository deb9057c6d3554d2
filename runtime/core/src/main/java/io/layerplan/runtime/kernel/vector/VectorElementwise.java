package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// What is added and multiplied element by element.
final class VectorElementwise {
    private VectorElementwise() {}

    static void multiply(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, a, aOffset + i)
                    .mul(FloatVector.fromArray(Lanes.FLOATS, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = whole; i < size; i++) {
            y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    static void add(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, a, aOffset + i)
                    .add(FloatVector.fromArray(Lanes.FLOATS, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = whole; i < size; i++) {
            y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
    }

    static void scale(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i).mul(factor).intoArray(y, yOffset + i);
        }
        for (int i = whole; i < size; i++) {
            y[yOffset + i] = factor * x[xOffset + i];
        }
    }

    static void addScaled(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        FloatVector factors = FloatVector.broadcast(Lanes.FLOATS, factor);
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i)
                    .fma(factors, FloatVector.fromArray(Lanes.FLOATS, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = whole; i < size; i++) {
            y[yOffset + i] = Math.fma(factor, x[xOffset + i], y[yOffset + i]);
        }
    }
}
