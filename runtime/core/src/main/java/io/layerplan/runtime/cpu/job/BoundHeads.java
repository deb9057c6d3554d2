package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.RopeAngles;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.program.Rope;
import org.jspecify.annotations.Nullable;

/// What happens to each head of a projection: the norm, then the rotation.
public final class BoundHeads {
    private final RowKernels kernels;
    private final int headSize;
    private final float @Nullable [] gain;
    private final float epsilon;
    private final int rope;

    /// @param gain of the norm, null where there is none
    /// @param rope the angles' number in the batch, or -1
    public BoundHeads(RowKernels kernels, int headSize, float @Nullable [] gain, float epsilon, int rope) {
        this.kernels = kernels;
        this.headSize = headSize;
        this.gain = gain;
        this.epsilon = epsilon;
        this.rope = rope;
    }

    public int headSize() {
        return headSize;
    }

    /// Changes the whole heads in the `size` elements from `offset` of a row, in place.
    void apply(Batch batch, int row, float[] y, int offset, int size) {
        for (int at = offset; at < offset + size; at += headSize) {
            if (gain != null) {
                kernels.normalize(y, at, gain, epsilon, headSize, y, at);
            }
            if (rope >= 0) {
                turn(kernels, batch.rope(rope), row, headSize, y, at, y, at);
            }
        }
    }

    /// Turns one head of a row.
    static void turn(
            RowKernels kernels,
            RopeAngles angles,
            int row,
            int headSize,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        Rope rope = angles.rope();
        kernels.turn(rope, angles.cosines(), angles.sines(), angles.offset(row), headSize, x, xOffset, y, yOffset);
    }
}
