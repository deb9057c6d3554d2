package io.layerplan.runtime.cpu;

/// How the columns of products are split into units: by bytes of weights for a few tokens, by what keeps a tile's
/// activations busy for many.
///
/// @param columns of the result
/// @param single  columns of a unit where tokens go through one by one
/// @param packed  columns of a unit where they are packed
record ColumnBlocks(int columns, int single, int packed) {
    /// Large units let rows that are in flight together lie in pages far apart; there are some for each worker, so
    /// that workers of unlike speed end at about the same time.
    private static final long MOST_BYTES = 1 << 20;

    private static final int UNITS_OF_A_WORKER = 4;
    private static final long LEAST_BYTES = 16 << 10;
    private static final int PACKED_COLUMNS = 48;

    /// @param bytesPerColumn bytes of weights that one column of the result takes
    /// @param align          a unit holds whole groups of so many columns
    /// @param workers        how many take part
    static ColumnBlocks of(int columns, long bytesPerColumn, int align, int workers) {
        long share = bytesPerColumn * columns / ((long) UNITS_OF_A_WORKER * workers);
        long bytes = Math.clamp(share, LEAST_BYTES, MOST_BYTES);
        long groups = Math.max(1, Math.ceilDiv(bytes, bytesPerColumn * align));
        int single = (int) Math.min(Math.ceilDiv(columns, align), groups) * align;
        int packed = Math.ceilDiv(PACKED_COLUMNS, align) * align;
        return new ColumnBlocks(columns, single, packed);
    }

    int units(boolean isPacked) {
        return Math.ceilDiv(columns, isPacked ? packed : single);
    }

    int from(int unit, boolean isPacked) {
        return unit * (isPacked ? packed : single);
    }

    int to(int unit, boolean isPacked) {
        return Math.min(columns, from(unit + 1, isPacked));
    }
}
