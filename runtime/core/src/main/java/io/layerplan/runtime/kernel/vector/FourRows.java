package io.layerplan.runtime.kernel.vector;

/// How products of one token go through the rows of a weight without blocks: four rows side by side, column after
/// column, their sums in registers. An activation is loaded once for all four: in rows of 8,192 columns activations
/// fill a nearest cache of 32 kB, and what is computed then waits for them rather than for weights. The rows are far
/// apart, so that each is a stream of its own that goes on in its next row: processors stop to read ahead where one
/// ends.
///
/// On an AMD EPYC, two threads read halves of memory with 46 GB/s this way, and with 23 to 25 one row after the other,
/// in rows of 4,096 and 8,192 columns; one thread with 29 and 16 in rows of 2,048.
final class FourRows {
    static final int COUNT = 4;

    /// Scratch: behind the sums, what [WeightFormat#prepare] leaves for all rows.
    static final int SHARED = COUNT * Lanes.COUNT;

    private FourRows() {}

    /// Columns that whole vectors have.
    static int whole(int columns) {
        return columns / Lanes.COUNT * Lanes.COUNT;
    }

    /// The sum of the lanes of row number `row` of the four.
    static float sum(float[] scratch, int row) {
        return Lanes.sum(scratch, row * Lanes.COUNT);
    }
}
