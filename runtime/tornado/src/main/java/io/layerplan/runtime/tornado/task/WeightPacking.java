package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/// Puts the blocks of a matrix into the tiles of its [DeviceFormat]. No bit is lost, and none is added but to fill up
/// words, rows and tiles.
public final class WeightPacking {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final DeviceMatrix place;
    private final DeviceFormat format;
    private final MemorySegment data;
    private final MemorySegment target;
    private final long rowBytes;
    private final int blocks;
    private final int scaleWords;

    private WeightPacking(Matrix matrix, DeviceMatrix place, MemorySegment target) {
        this.place = place;
        this.format = place.format();
        this.data = matrix.data();
        this.target = target;
        this.rowBytes = matrix.type().rowBytes(place.columns());
        this.blocks = format.blocks(place.columns());
        this.scaleWords = format.scaleWords(place.columns());
    }

    /// Writes `matrix` where it belongs, whole tiles at a time and several of them at once.
    ///
    /// @param target the array of words, or of floats for [DeviceFormat#F32]; the places of `matrix` are zeros
    public static void pack(Matrix matrix, DeviceMatrix place, MemorySegment target) {
        WeightPacking packing = new WeightPacking(matrix, place, target);
        IntStream.range(0, Math.ceilDiv(place.rows(), DeviceFormat.LANES))
                .parallel()
                .forEach(packing::tile);
    }

    private void tile(int tile) {
        int lanes = Math.min(DeviceFormat.LANES, place.rows() - tile * DeviceFormat.LANES);
        for (int lane = 0; lane < lanes; lane++) {
            long row = rowBytes * (tile * (long) DeviceFormat.LANES + lane);
            for (int block = 0; block < blocks; block++) {
                block(tile, lane, block, row);
            }
        }
    }

    private void block(int tile, int lane, int block, long row) {
        long from = (long) block * format.blockBytes();
        long at = place.a() + ((long) tile * blocks + block) * format.blockWords() * DeviceFormat.LANES + lane;
        for (int i = 0; i < format.blockWords(); i++) {
            set(at + (long) i * DeviceFormat.LANES, word(row, from + format.wordsAt() + 4L * i));
        }
        if (format.scaleAt() >= 0) {
            int half = data.get(SHORT, row + from + format.scaleAt()) & 0xFFFF;
            long scale = place.d() + ((long) tile * scaleWords + block / 2) * DeviceFormat.LANES + lane;
            set(scale, block % 2 == 0 ? half : target.get(INT, 4 * scale) | half << 16);
        }
    }

    /// The word at a byte of a row; zeros beyond its end.
    private int word(long row, long from) {
        if (from + Integer.BYTES <= rowBytes) {
            return data.get(INT, row + from);
        }
        int word = 0;
        for (long i = from; i < rowBytes; i++) {
            word |= (data.get(BYTE, row + i) & 0xFF) << (8 * (i - from));
        }
        return word;
    }

    private void set(long index, int word) {
        target.set(INT, 4 * index, word);
    }
}
