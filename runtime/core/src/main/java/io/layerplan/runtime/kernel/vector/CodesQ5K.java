package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q5_K for products with many tokens, laid out as for [GroupedQ5K].
final class CodesQ5K implements CodeFormat {
    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment tile, int row) {
        for (int block = 0; block < columns / 32; block++) {
            int b = block % 8;
            long at = offset + block / 8 * (long) GroupedQ5K.UNIT_BYTES;
            for (int part = 0; part < PARTS; part++) {
                long header = at + part * 4L * Lanes.COUNT;
                long integers = at + GroupedQ5K.HEADER_BYTES + (long) b * GroupedQ5K.BLOCK_BYTES;
                long to = (long) block * BLOCK_BYTES + 4L * (row + part * Lanes.COUNT);
                UnpackedCodes.five(
                        data, integers + GroupedLayout.HALVES + part * 4L * Lanes.COUNT, GroupedQ5K.OFFSET, tile, to);
                long small = integers + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                FloatVector d = FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER);
                FloatVector m =
                        FloatVector.fromMemorySegment(Lanes.FLOATS, data, header + GroupedLayout.WORDS, Lanes.ORDER);
                FloatVector scale = ((FloatVector)
                                IntVector.fromMemorySegment(GroupedFormat.BYTES, data, small, Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                        .mul(d);
                FloatVector minimum = (FloatVector)
                        IntVector.fromMemorySegment(GroupedFormat.BYTES, data, small + GroupedLayout.ROWS, Lanes.ORDER)
                                .reinterpretAsBytes()
                                .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                scale.intoMemorySegment(tile, to + PAIRS * ROW_BYTES, Lanes.ORDER);
                minimum.mul(m)
                        .sub(scale.mul(GroupedQ5K.OFFSET))
                        .intoMemorySegment(tile, to + (PAIRS + 1) * ROW_BYTES, Lanes.ORDER);
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
        TileOfCodesAndMinima.multiply(blocks, PAIRS, x, stretch, tile, row, sums, sum, stride);
    }
}
