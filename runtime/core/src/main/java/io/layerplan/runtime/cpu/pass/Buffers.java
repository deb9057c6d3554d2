package io.layerplan.runtime.cpu.pass;

import io.layerplan.runtime.program.Buffer;
import java.util.List;

/// The activations of a program, grown to the rows that batches need.
public final class Buffers {
    private final List<Buffer> buffers;
    private final float[][] arrays;
    /// The buffer that is redirected, or -1; see [#redirect].
    private int redirected = -1;
    private int redirectedOffset;

    public Buffers(List<Buffer> buffers) {
        this.buffers = buffers;
        this.arrays = new float[buffers.size()][];
        java.util.Arrays.fill(arrays, new float[0]);
    }

    /// Makes room for a batch of `tokens` tokens and `outputs` outputs.
    void reserve(int tokens, int outputs) {
        for (int id = 0; id < arrays.length; id++) {
            int rows = buffers.get(id).rows() == Buffer.Rows.TOKENS ? tokens : outputs;
            long size = (long) rows * buffers.get(id).width();
            if (id != redirected && arrays[id].length < size) {
                arrays[id] = new float[Math.toIntExact(size)];
            }
        }
    }

    /// Lets buffer `id` lie in `array` from `offset` on, so that what is computed last needs no copy.
    public void redirect(int id, float[] array, int offset) {
        redirected = id;
        redirectedOffset = offset;
        arrays[id] = array;
    }

    /// Ends [#redirect]: the array belongs to someone else.
    public void release() {
        if (redirected >= 0) {
            arrays[redirected] = new float[0];
            redirected = -1;
            redirectedOffset = 0;
        }
    }

    public float[] array(int id) {
        return arrays[id];
    }

    /// Where row 0 of a buffer starts.
    public int start(int id) {
        return id == redirected ? redirectedOffset : 0;
    }

    /// Bytes held.
    public long bytes() {
        long bytes = 0;
        for (float[] array : arrays) {
            bytes += 4L * array.length;
        }
        return bytes;
    }
}
