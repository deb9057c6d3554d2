package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// Turns the two halves of a head against each other.
final class VectorRope {
    private VectorRope() {}

    /// Turns the pairs `(x_j, x_(j + pairs))`.
    static void turnHalves(
            float[] cosines,
            float[] sines,
            int anglesOffset,
            int pairs,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        int whole = pairs / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector a = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i);
            FloatVector b = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + pairs + i);
            FloatVector cosine = FloatVector.fromArray(Lanes.FLOATS, cosines, anglesOffset + i);
            FloatVector sine = FloatVector.fromArray(Lanes.FLOATS, sines, anglesOffset + i);
            a.mul(cosine).sub(b.mul(sine)).intoArray(y, yOffset + i);
            a.mul(sine).add(b.mul(cosine)).intoArray(y, yOffset + pairs + i);
        }
        for (int i = whole; i < pairs; i++) {
            float a = x[xOffset + i];
            float b = x[xOffset + pairs + i];
            float cosine = cosines[anglesOffset + i];
            float sine = sines[anglesOffset + i];
            y[yOffset + i] = a * cosine - b * sine;
            y[yOffset + pairs + i] = a * sine + b * cosine;
        }
    }
}
