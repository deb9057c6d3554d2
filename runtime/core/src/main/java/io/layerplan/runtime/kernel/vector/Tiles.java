package io.layerplan.runtime.kernel.vector;

/// How columns are divided into tiles: the widest that registers allow first, then halves of it.
final class Tiles {
    /// Vectors of the widest tile.
    static final int MOST_VECTORS = Lanes.COUNT == 16 ? 4 : 2;

    private Tiles() {}

    /// Vectors of the tile that begins where `columns` columns, whole vectors, are left.
    static int vectors(int columns) {
        int vectors = MOST_VECTORS;
        while (vectors * Lanes.COUNT > columns) {
            vectors /= 2;
        }
        return vectors;
    }

    /// Columns padded to whole vectors.
    static int padded(int columns) {
        return Math.ceilDiv(columns, Lanes.COUNT) * Lanes.COUNT;
    }

    /// Adds `a[rows, depth] · b[depth, columns]` to `c`, in tiles of six rows, two rows and one.
    ///
    /// @param columns whole vectors
    static void multiply(
            int rows,
            int columns,
            int depth,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        int column = 0;
        while (column < columns) {
            int vectors = vectors(columns - column);
            int at = bOffset + column;
            int row = 0;
            for (; row + 6 <= rows; row += 6) {
                int from = aOffset + row * aStride;
                int to = cOffset + row * cStride + column;
                TileOfSix.multiply(vectors, depth, a, from, aStride, b, at, bStride, c, to, cStride);
            }
            for (; row + 2 <= rows; row += 2) {
                int from = aOffset + row * aStride;
                int to = cOffset + row * cStride + column;
                TileOfTwo.multiply(vectors, depth, a, from, aStride, b, at, bStride, c, to, cStride);
            }
            if (row < rows) {
                int from = aOffset + row * aStride;
                TileOfOne.multiply(vectors, depth, a, from, b, at, bStride, c, cOffset + row * cStride + column);
            }
            column += vectors * Lanes.COUNT;
        }
    }
}
