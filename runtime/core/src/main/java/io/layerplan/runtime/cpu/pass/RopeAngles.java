package io.layerplan.runtime.cpu.pass;

import io.layerplan.runtime.kernel.scalar.ScalarRope;
import io.layerplan.runtime.program.Rope;
import org.jspecify.annotations.Nullable;

/// Cosines and sines of one rope for the positions of a batch, computed once and used by every layer.
public final class RopeAngles {
    private final Rope rope;
    private final float @Nullable [] factors;
    private final int pairs;
    private float[] cosines = new float[0];
    private float[] sines = new float[0];
    private int position;
    private int count;

    public RopeAngles(Rope rope, float @Nullable [] factors) {
        this.rope = rope;
        this.factors = factors;
        this.pairs = rope.dimensions() / 2;
    }

    public Rope rope() {
        return rope;
    }

    /// Fills the table for the positions `position .. position + count - 1`.
    void fill(int position, int count) {
        if (position == this.position && count <= this.count) {
            return;
        }
        if (cosines.length < count * pairs) {
            cosines = new float[count * pairs];
            sines = new float[count * pairs];
        }
        for (int pair = 0; pair < pairs; pair++) {
            double first = ScalarRope.angle(rope, factors, 1, pair);
            for (int t = 0; t < count; t++) {
                double angle = (position + t) * first;
                cosines[t * pairs + pair] = (float) Math.cos(angle);
                sines[t * pairs + pair] = (float) Math.sin(angle);
            }
        }
        this.position = position;
        this.count = count;
    }

    public float[] cosines() {
        return cosines;
    }

    public float[] sines() {
        return sines;
    }

    /// Where the angles of row `row` start.
    public int offset(int row) {
        return row * pairs;
    }
}
