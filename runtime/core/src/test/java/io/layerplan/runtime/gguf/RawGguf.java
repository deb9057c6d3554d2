package io.layerplan.runtime.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a GGUF file put together by hand, so that anything in it can be wrong. Counts are right unless
/// they are set.
final class RawGguf {
    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int magic = 0x46554747;
    private int version = 3;
    private long pairCount;
    private long tensorCount;
    private int dataBytes;
    private int length = Integer.MAX_VALUE;

    RawGguf magic(int value) {
        magic = value;
        return this;
    }

    RawGguf version(int value) {
        version = value;
        return this;
    }

    RawGguf pairCount(long value) {
        pairCount = value;
        return this;
    }

    RawGguf tensorCount(long value) {
        tensorCount = value;
        return this;
    }

    RawGguf data(int bytes) {
        dataBytes = bytes;
        return this;
    }

    /// Leaves out all bytes from this one on.
    RawGguf cut(int bytes) {
        length = bytes;
        return this;
    }

    /// A key whose value is these raw bytes.
    RawGguf pair(String key, int type, byte... value) {
        return pair(key.getBytes(StandardCharsets.UTF_8), type, value);
    }

    RawGguf pair(byte[] key, int type, byte... value) {
        pairCount++;
        pairs.writeBytes(string(key));
        pairs.writeBytes(int32(type));
        pairs.writeBytes(value);
        return this;
    }

    /// What stands where a key and its value should.
    RawGguf pairBytes(byte... bytes) {
        pairCount++;
        pairs.writeBytes(bytes);
        return this;
    }

    RawGguf tensor(String name, int type, long offset, long... shape) {
        return tensor(name.getBytes(StandardCharsets.UTF_8), type, offset, shape);
    }

    RawGguf tensor(byte[] name, int type, long offset, long... shape) {
        tensorCount++;
        tensors.writeBytes(string(name));
        tensors.writeBytes(int32(shape.length));
        for (long dimension : shape) {
            tensors.writeBytes(int64(dimension));
        }
        tensors.writeBytes(int32(type));
        tensors.writeBytes(int64(offset));
        return this;
    }

    /// The whole file, with the data at the next multiple of 32.
    byte[] bytes() {
        byte[] head = join(
                int32(magic),
                int32(version),
                int64(tensorCount),
                int64(pairCount),
                pairs.toByteArray(),
                tensors.toByteArray());
        byte[] padding = new byte[(32 - head.length % 32) % 32];
        byte[] all = join(head, padding, new byte[dataBytes]);
        return Arrays.copyOf(all, Math.min(all.length, length));
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] int64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] string(byte[] bytes) {
        return join(int64(bytes.length), bytes);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
