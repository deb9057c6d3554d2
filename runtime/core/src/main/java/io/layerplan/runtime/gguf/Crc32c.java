package io.layerplan.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4) of memory of any size, on all cores where it is large.
public final class Crc32c {
    private static final long PIECE = 1L << 22;
    /// The polynomial, lowest coefficient in the highest bit, as in zlib.
    private static final int POLYNOMIAL = 0x82F6_3B78;

    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    private Crc32c() {}

    public static int of(MemorySegment bytes) {
        int pieces = Math.toIntExact(Math.ceilDiv(bytes.byteSize(), PIECE));
        if (pieces <= 1) {
            return sequential(bytes);
        }
        int[] checksums = IntStream.range(0, pieces)
                .parallel()
                .map(piece -> sequential(piece(bytes, piece)))
                .toArray();
        int whole = checksums[0];
        for (int piece = 1; piece < pieces; piece++) {
            whole = combine(whole, checksums[piece], piece(bytes, piece).byteSize());
        }
        return whole;
    }

    /// Of the bytes of all parts, one after the other.
    public static int of(Iterable<MemorySegment> parts) {
        int whole = 0;
        for (MemorySegment part : parts) {
            whole = combine(whole, of(part), part.byteSize());
        }
        return whole;
    }

    private static MemorySegment piece(MemorySegment bytes, int number) {
        long from = number * PIECE;
        return bytes.asSlice(from, Math.min(PIECE, bytes.byteSize() - from));
    }

    private static int sequential(MemorySegment bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.asByteBuffer());
        return (int) checksum.getValue();
    }

    /// The checksum of two runs of bytes from the checksums of each: `first · x^(8 · length) + second` modulo the
    /// polynomial (zlib's `crc32_combine`).
    ///
    /// @param length bytes of the second
    static int combine(int first, int second, long length) {
        int power = ONE;
        int square = X;
        for (long exponent = 8 * length; exponent != 0; exponent >>>= 1) {
            if ((exponent & 1) != 0) {
                power = multiply(power, square);
            }
            square = multiply(square, square);
        }
        return multiply(power, first) ^ second;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
