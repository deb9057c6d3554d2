package io.layerplan.runtime.kernel.vector;

import java.util.Arrays;

/// How products of one token go through the rows of a weight in blocks of 32 or 256: several rows at a time, far apart,
/// a block of columns of each in turn. Rows that lie in different pages of memory let the processor translate and fetch
/// several pages at once, which one stream does not; measured on one machine, that is worth 1.2 to 1.4 times the
/// bandwidth ([GroupsAtATime] has more). The sum of a row is kept in scratch, a vector for each: what that costs, loads
/// and stores, is not what these loops wait for. Formats without blocks have [FourRows]. A row's sum is formed in the
/// same order whatever rows go with it.
final class RowsInFlight {
    /// How many rows go at a time.
    static final int COUNT = 8;

    /// Scratch: from here on, the scales of a block of 256.
    static final int SCALES = COUNT * Lanes.COUNT;

    /// Scratch: from here on, what [WeightFormat#prepare] leaves for all rows.
    static final int SHARED = SCALES + 32;

    private RowsInFlight() {}

    /// Floats of scratch that a product of `columns` columns needs: beside the above, a vector for each block of 32.
    static int scratch(int columns) {
        return SHARED + columns / 32 * Lanes.COUNT;
    }

    /// Sets the sums to 0.
    static void clear(float[] scratch) {
        Arrays.fill(scratch, 0, COUNT * Lanes.COUNT, 0);
    }

    /// Adds the lanes of each sum: `y[yOffset + first + r · apart] = Σ lanes of row r`.
    static void finish(float[] scratch, int first, int apart, float[] y, int yOffset) {
        for (int r = 0; r < COUNT; r++) {
            y[yOffset + first + r * apart] = Lanes.sum(scratch, r * Lanes.COUNT);
        }
    }
}
