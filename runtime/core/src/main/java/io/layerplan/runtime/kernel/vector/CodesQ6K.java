package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q6_K for products with many tokens, laid out as for [GroupedQ6K].
final class CodesQ6K implements CodeFormat {
    private static final int HALF_PAIRS = PAIRS / 2;

    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment tile, int row) {
        for (int block = 0; block < columns / 32; block++) {
            int b = block % 8;
            long at = offset + block / 8 * (long) GroupedQ6K.UNIT_BYTES;
            for (int part = 0; part < PARTS; part++) {
                long header = at + part * 4L * Lanes.COUNT;
                long integers = at + GroupedQ6K.HEADER_BYTES + (long) b * GroupedQ6K.BLOCK_BYTES;
                long codes = integers + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                long small = integers + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                FloatVector d = FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER);
                for (int half = 0; half < 2; half++) {
                    long to = (2L * block + half) * (HALF_PAIRS + 1) * ROW_BYTES + 4L * (row + part * Lanes.COUNT);
                    UnpackedCodes.six(data, codes + 3 * GroupedFormat.WORDS * half, GroupedQ6K.OFFSET, tile, to);
                    FloatVector scale = (FloatVector) IntVector.fromMemorySegment(
                                    GroupedFormat.BYTES, data, small + (long) GroupedLayout.ROWS * half, Lanes.ORDER)
                            .reinterpretAsBytes()
                            .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                    scale.mul(d).intoMemorySegment(tile, to + HALF_PAIRS * ROW_BYTES, Lanes.ORDER);
                }
            }
        }
    }

    @Override
    public void multiply(
            int blocks,
            QuantisedPanels x,
            int stretch,
            MemorySegment tile,
            int row,
            float[] sums,
            int sum,
            int stride) {
        TileOfCodes.multiply(2 * blocks, HALF_PAIRS, x, stretch, tile, row, sums, sum, stride);
    }
}
