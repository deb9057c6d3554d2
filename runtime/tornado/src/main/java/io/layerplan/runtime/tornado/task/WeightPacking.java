package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Puts the blocks of a quantised matrix into the planes of a [DeviceFormat]. What is read by words comes first, 16-bit
/// scales are gathered two a word; no bit is lost, and none is added but to fill the last word of a plane.
public final class WeightPacking {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment data;
    private final DeviceMatrix place;
    private final Words words;
    private int lastScale;

    private WeightPacking(MemorySegment data, DeviceMatrix place, Words words) {
        this.data = data;
        this.place = place;
        this.words = words;
    }

    /// Where words go.
    public interface Words {
        void set(int index, int word);
    }

    /// Writes the planes of `matrix`, whose format is not [DeviceFormat#F32].
    public static void pack(Matrix matrix, DeviceMatrix place, Words words) {
        long blocks = (long) place.rows()
                * (place.format() == DeviceFormat.F16
                        ? place.format().units(place.columns())
                        : place.format().blocks(place.columns()));
        WeightPacking packing = new WeightPacking(matrix.data(), place, words);
        for (int block = 0; block < blocks; block++) {
            packing.block(block);
        }
    }

    private void block(int block) {
        switch (place.format()) {
            case F32 -> throw new IllegalArgumentException("32-bit floats are not packed");
            case F16 -> words.set(place.a() + block, data.get(INT, 4L * block));
            case Q8_0 -> {
                words(place.a(), block, 8, 34L * block + 2);
                scale(block, 34L * block);
            }
            case Q4_0 -> {
                words(place.a(), block, 4, 18L * block + 2);
                scale(block, 18L * block);
            }
            case Q5_0 -> {
                words(place.a(), block, 4, 22L * block + 6);
                words(place.b(), block, 1, 22L * block + 2);
                scale(block, 22L * block);
            }
            case Q4_K -> words(place.a(), block, 36, 144L * block);
            case Q6_K -> {
                words(place.a(), block, 32, 210L * block);
                words(place.b(), block, 16, 210L * block + 128);
                words(place.c(), block, 4, 210L * block + 192);
                scale(block, 210L * block + 208);
            }
        }
    }

    /// The `count` words at `from` of block `block`.
    private void words(int plane, int block, int count, long from) {
        for (int i = 0; i < count; i++) {
            words.set(plane + block * count + i, data.get(INT, from + 4L * i));
        }
    }

    /// Blocks come in order: the word of an odd block's scale holds the one before it already.
    private void scale(int block, long from) {
        int half = data.get(SHORT, from) & 0xFFFF;
        boolean odd = block % 2 == 1;
        lastScale = odd ? lastScale | half << 16 : half;
        words.set(place.d() + block / 2, lastScale);
    }
}
