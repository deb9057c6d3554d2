package io.layerplan.runtime.cpu.job;

/// How the columns of products are split into units: by bytes of weights for a few tokens, by tiles for many.
///
/// @param columns of the result
/// @param single  columns of a unit where tokens go through one by one
/// @param packed  columns of a unit where they are packed
public record ColumnBlocks(int columns, int single, int packed) {
    /// Large units let rows that are in flight together lie in pages far apart, and single streams be long; there are
    /// some for each worker, so that workers of unlike speed end at about the same time.
    private static final long MOST_BYTES = 1 << 20;

    private static final int UNITS_OF_A_WORKER = 4;

    /// What is worth claiming.
    private static final long LEAST_BYTES = 16 << 10;

    /// Where there are few units, smaller ones are better than workers that have none.
    private static final long FEWEST_BYTES = 4 << 10;

    /// @param bytesPerColumn bytes of weights that one column of the result takes
    /// @param single         columns that stay together where tokens go through one by one
    /// @param packed         columns of a unit where they are packed
    /// @param workers        how many take part
    public static ColumnBlocks of(int columns, long bytesPerColumn, int single, int packed, int workers) {
        long total = bytesPerColumn * columns;
        long bytes = Math.clamp(total / ((long) UNITS_OF_A_WORKER * workers), LEAST_BYTES, MOST_BYTES);
        long even = Math.ceilDiv(Math.ceilDiv(total, bytes), workers) * workers;
        long units = Math.clamp(even, 1, Math.max(1, total / FEWEST_BYTES));
        long groups = Math.ceilDiv(columns, single);
        int width = Math.toIntExact(Math.ceilDiv(groups, units) * single);
        return new ColumnBlocks(columns, width, packed);
    }

    public int units(boolean isPacked) {
        return Math.ceilDiv(columns, isPacked ? packed : single);
    }

    public int from(int unit, boolean isPacked) {
        return unit * (isPacked ? packed : single);
    }

    public int to(int unit, boolean isPacked) {
        return Math.min(columns, from(unit + 1, isPacked));
    }
}
