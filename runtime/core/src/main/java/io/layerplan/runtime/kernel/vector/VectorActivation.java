package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;

import io.layerplan.runtime.program.Activation;
import jdk.incubator.vector.FloatVector;

/// `x / (1 + e^-z)`: with `z = x` SiLU, and with `z = 2 √(2/π) (x + 0.044715 x³)` the tanh form of GELU, since
/// `(1 + tanh u) / 2 = 1 / (1 + e^-2u)`.
final class VectorActivation {
    private static final float LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));
    private static final float CUBIC = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

    /// Beyond this the exponential is 0 or too large to matter; its square is finite.
    private static final float ENOUGH = 1e4f;

    private VectorActivation() {}

    static void activate(Activation activation, float[] x, int xOffset, int size, float[] y, int yOffset) {
        switch (activation) {
            case SILU -> gate(1, 0, x, xOffset, size, y, yOffset);
            case GELU_TANH -> gate(LINEAR, CUBIC, x, xOffset, size, y, yOffset);
        }
    }

    /// `y = x / (1 + e^-z)` with `z = x (linear + cubic x²)`.
    private static void gate(float linear, float cubic, float[] x, int xOffset, int size, float[] y, int yOffset) {
        FloatVector one = FloatVector.broadcast(Lanes.FLOATS, -linear);
        FloatVector three = FloatVector.broadcast(Lanes.FLOATS, -cubic);
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i);
            FloatVector c = v.min(ENOUGH).max(-ENOUGH);
            FloatVector z =
                    c.mul(c).fma(three, one).mul(c).min(Exponential.MOST).max(Exponential.LEAST);
            FloatVector shifted = z.fma(
                    FloatVector.broadcast(Lanes.FLOATS, Exponential.LOG2_E),
                    FloatVector.broadcast(Lanes.FLOATS, Exponential.ROUND));
            FloatVector n = shifted.sub(Exponential.ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(Lanes.FLOATS, Exponential.LN2_HIGH), z);
            r = n.fma(FloatVector.broadcast(Lanes.FLOATS, Exponential.LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(Lanes.FLOATS, Exponential.P0)
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P1))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P2))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P3))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P4))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P5));
            FloatVector e = p.fma(r.mul(r), r).add(1);
            FloatVector power = shifted.reinterpretAsInts()
                    .sub(Exponential.ROUND_BITS)
                    .lanewise(LSHL, 23)
                    .reinterpretAsFloats();
            v.div(e.mul(power).add(1)).intoArray(y, yOffset + i);
        }
        // The same operations one by one: a unit's borders decide which elements come here.
        for (int i = whole; i < size; i++) {
            float v = x[xOffset + i];
            float c = Math.max(-ENOUGH, Math.min(ENOUGH, v));
            float z = Math.fma(c * c, -cubic, -linear) * c;
            y[yOffset + i] = v / (Exponential.of(z) + 1);
        }
    }
}
