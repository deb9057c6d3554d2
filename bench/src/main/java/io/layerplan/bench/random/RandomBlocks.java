package io.layerplan.bench.random;

import io.layerplan.runtime.tensor.ElementType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.SplittableRandom;

/// Random weights as they lie in a file, around 0 and with a standard deviation that is asked for. Codes of quantised
/// formats are drawn as they are, every one as likely as the others, and their scales follow from that: no float is
/// quantised, so that a billion of weights takes seconds. The layouts are described in `ScalarDequantize`.
final class RandomBlocks {
    private static final int PART_BYTES = 1 << 20;

    /// The root mean square of scales of six bits, and of eight with a sign, all as likely.
    private static final double SCALE_6 = Math.sqrt(63 * 127 / 6.0);

    private static final double SCALE_8 = deviationOfCodes(8);

    private final ElementType type;
    private final double deviation;
    private final SplittableRandom random;
    private final short[] halves;

    RandomBlocks(ElementType type, double deviation, SplittableRandom random) {
        this.type = type;
        this.deviation = deviation;
        this.random = random;
        this.halves = halves();
    }

    /// So many bytes of whole blocks, a part at a time; a part is valid until the next one is asked for.
    Iterable<MemorySegment> parts(long bytes) {
        int size = PART_BYTES / type.blockBytes() * type.blockBytes();
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        return () -> new Iterator<>() {
            private long left = bytes;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public MemorySegment next() {
                int count = (int) Math.min(left, size);
                fill(buffer.clear().limit(count));
                left -= count;
                return MemorySegment.ofBuffer(buffer.clear().limit(count));
            }
        };
    }

    /// Fills a buffer, from its start to its limit, with blocks.
    private void fill(ByteBuffer bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.limit(); at += Long.BYTES) {
            bytes.putLong(at, random.nextLong());
        }
        for (; at < bytes.limit(); at++) {
            bytes.put(at, (byte) random.nextInt());
        }
        for (int block = 0; block < bytes.limit(); block += type.blockBytes()) {
            shape(bytes, block);
        }
    }

    /// Makes random bits a block.
    private void shape(ByteBuffer bytes, int at) {
        switch (type) {
            case F32 -> bytes.putFloat(at, uniform(bytes.getShort(at)));
            case F16, BF16 -> bytes.putShort(at, halves[bytes.getShort(at) & 0xFFFF]);
            case Q8_0 -> {
                scale(bytes, at, deviation / deviationOfCodes(8));
                withoutLeast(bytes, at + 2);
            }
            case Q4_0 -> scale(bytes, at, deviation / deviationOfCodes(4));
            case Q5_0 -> scale(bytes, at, deviation / deviationOfCodes(5));
            case Q4_1 -> scaleAndMinimum(bytes, at, 4);
            case Q5_1 -> scaleAndMinimum(bytes, at, 5);
            case Q4_K -> superBlock(bytes, at, 4);
            case Q5_K -> superBlock(bytes, at, 5);
            case Q6_K -> scale(bytes, at + 208, deviation / (SCALE_8 * deviationOfCodes(6)));
        }
    }

    /// Quantisers write no code -128.
    private static void withoutLeast(ByteBuffer bytes, int at) {
        for (int i = at; i < at + 32; i++) {
            if (bytes.get(i) == Byte.MIN_VALUE) {
                bytes.put(i, (byte) 0);
            }
        }
    }

    /// `Q4_1` and `Q5_1`: the minimum is below 0 as far as the largest code is above.
    private void scaleAndMinimum(ByteBuffer bytes, int at, int bits) {
        double step = deviation / deviationOfCodes(bits);
        scale(bytes, at, step);
        scale(bytes, at + 2, -step * middle(bits));
    }

    /// `Q4_K` and `Q5_K`: eight scales and eight minima of six bits, the same numbers, so that sub-blocks lie around 0.
    private void superBlock(ByteBuffer bytes, int at, int bits) {
        double step = deviation / (SCALE_6 * deviationOfCodes(bits));
        scale(bytes, at, step);
        scale(bytes, at + 2, step * middle(bits));
        bytes.putInt(at + 8, bytes.getInt(at + 4));
        for (int i = at + 12; i < at + 16; i++) {
            int low = bytes.get(i) & 15;
            bytes.put(i, (byte) (low | low << 4));
        }
    }

    private static void scale(ByteBuffer bytes, int at, double scale) {
        bytes.putShort(at, Float.floatToFloat16((float) scale));
    }

    /// What lies between the codes of so many bits.
    private static double middle(int bits) {
        return ((1 << bits) - 1) / 2.0;
    }

    /// Of whole numbers of so many bits, all as likely.
    private static double deviationOfCodes(int bits) {
        return Math.sqrt((Math.pow(4, bits) - 1) / 12);
    }

    private float uniform(short bits) {
        return (float) (deviation * Math.sqrt(3) * (bits + 0.5) / (1 << 15));
    }

    /// The weights of 16 bits that 16 random bits stand for, where the type has 16 bits.
    private short[] halves() {
        short[] table = new short[1 << 16];
        for (int bits = 0; bits < table.length; bits++) {
            float value = uniform((short) bits);
            table[bits] = type == ElementType.BF16
                    ? (short) (Float.floatToRawIntBits(value) >>> 16)
                    : Float.floatToFloat16(value);
        }
        return table;
    }
}
