package io.layerplan.runtime.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Twenty bytes behind the data of the last tensor that tell whether anything but the tensors' own bytes has been
/// altered: `GGUFSEAL`, the length of the head as 64 bits, the CRC-32C of the head as 32 bits. The head is all before
/// the tensors' data. Between and behind the tensors there is nothing but zeros up to the alignment.
///
/// Other readers ignore the seal; the tensors' own bytes are for whoever knows their checksums to check.
public final class GgufSeal {
    private static final byte[] MAGIC = "GGUFSEAL".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = MAGIC.length + Long.BYTES + Integer.BYTES;

    private GgufSeal() {}

    /// What is wrong with a file that was written with a seal.
    public enum Flaw {
        NONE,
        /// The file does not end with a seal: it is incomplete, or something was appended.
        NO_SEAL,
        /// The header, a metadata key or the table of tensors has been altered, or the seal itself.
        HEAD,
        /// There is something between the tensors, or between them and the seal.
        PADDING
    }

    static void write(GgufSink sink, long headBytes, int headChecksum) throws IOException {
        sink.bytes(MemorySegment.ofArray(MAGIC));
        sink.int64(headBytes);
        sink.int32(headChecksum);
    }

    /// Compares a file with its seal.
    public static Flaw check(GgufFile file) {
        MemorySegment bytes = file.bytes();
        long end = bytes.byteSize() - BYTES;
        if (end < 0 || !isMagic(bytes.asSlice(end, MAGIC.length))) {
            return Flaw.NO_SEAL;
        }
        long head = bytes.get(LittleEndian.LONG, end + MAGIC.length);
        int checksum = bytes.get(LittleEndian.INT, end + MAGIC.length + Long.BYTES);
        if (head < 0 || head > end || head != file.headBytes() || Crc32c.of(bytes.asSlice(0, head)) != checksum) {
            return Flaw.HEAD;
        }
        return isPadded(file, head, end) ? Flaw.NONE : Flaw.PADDING;
    }

    private static boolean isMagic(MemorySegment bytes) {
        return bytes.mismatch(MemorySegment.ofArray(MAGIC)) == -1;
    }

    private static boolean isPadded(GgufFile file, long head, long end) {
        List<MemorySegment> inOrder = Stream.concat(
                        file.tensors().stream().map(GgufTensor::data),
                        file.byteTensors().stream().map(GgufBytes::data))
                .sorted(Comparator.comparingLong(MemorySegment::address))
                .toList();
        long at = head;
        for (MemorySegment data : inOrder) {
            long offset = data.address() - file.bytes().address();
            if (!isZero(file.bytes(), at, offset)) {
                return false;
            }
            at = offset + data.byteSize();
        }
        return isZero(file.bytes(), at, end);
    }

    private static boolean isZero(MemorySegment bytes, long from, long to) {
        for (long i = from; i < to; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, i) != 0) {
                return false;
            }
        }
        return from <= to;
    }
}
