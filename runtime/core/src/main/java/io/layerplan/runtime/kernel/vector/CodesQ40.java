package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q4_0 for products with many tokens, laid out as for [GroupedQ40].
final class CodesQ40 implements CodeFormat {
    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment tile, int row) {
        for (int b = 0; b < columns / 32; b++) {
            for (int part = 0; part < PARTS; part++) {
                long o = offset + (long) b * GroupedQ40.BLOCK_BYTES + part * 4L * Lanes.COUNT;
                long to = (long) b * (PAIRS + 1) * ROW_BYTES + 4L * (row + part * Lanes.COUNT);
                UnpackedCodes.four(data, o + GroupedLayout.HALVES, GroupedQ40.OFFSET, tile, to);
                ((IntVector) ShortVector.fromMemorySegment(
                                        Lanes.SHORTS,
                                        data,
                                        offset + (long) b * GroupedQ40.BLOCK_BYTES + part * 2L * Lanes.COUNT,
                                        Lanes.ORDER)
                                .convertShape(S2I, Lanes.INTS, 0))
                        .lanewise(LSHL, 13)
                        .and(GroupedFormat.HALF_BITS)
                        .reinterpretAsFloats()
                        .mul(GroupedFormat.HALF_UNIT)
                        .intoMemorySegment(tile, to + PAIRS * ROW_BYTES, Lanes.ORDER);
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
        TileOfCodes.multiply(blocks, PAIRS, x, stretch, tile, row, sums, sum, stride);
    }
}
