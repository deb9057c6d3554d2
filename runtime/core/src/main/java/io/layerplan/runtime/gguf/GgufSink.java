package io.layerplan.runtime.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Writes numbers, strings and bytes to a new file, least significant byte first. When it is closed they are on
/// disk.
final class GgufSink implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final FileChannel channel;
    private final Optional<FileLock> lock;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private long written;

    GgufSink(Path path) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.lock = lock(channel);
    }

    /// Until the file is closed, so that others see that it is being written; where files cannot be locked nobody
    /// looks.
    private static Optional<FileLock> lock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (IOException e) {
            return Optional.empty(); // no locks on this file system
        }
    }

    /// How many bytes were written.
    long written() {
        return written;
    }

    /// The CRC-32C of all that was written.
    int checksum() throws IOException {
        flush();
        return (int) checksum.getValue();
    }

    void int32(int value) throws IOException {
        integer(Integer.BYTES, value);
    }

    void int64(long value) throws IOException {
        integer(Long.BYTES, value);
    }

    /// The lowest `count` bytes of `value`.
    void integer(int count, long value) throws IOException {
        room(count);
        for (int i = 0; i < count; i++) {
            buffer.put((byte) (value >>> (Byte.SIZE * i)));
        }
        written += count;
    }

    /// The length in bytes, and the bytes in UTF-8.
    void string(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(bytes.length);
        bytes(MemorySegment.ofArray(bytes));
    }

    void bytes(MemorySegment data) throws IOException {
        long offset = 0;
        while (offset < data.byteSize()) {
            room(1);
            int count = (int) Math.min(buffer.remaining(), data.byteSize() - offset);
            MemorySegment.ofBuffer(buffer).copyFrom(data.asSlice(offset, count));
            buffer.position(buffer.position() + count);
            offset += count;
        }
        written += offset;
    }

    /// Zeros up to the next multiple of `alignment`.
    void align(int alignment) throws IOException {
        while (written % alignment != 0) {
            integer(1, 0);
        }
    }

    private void room(int count) throws IOException {
        if (buffer.remaining() < count) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (channel;
                FileLock _ = lock.orElse(null)) {
            flush();
            channel.force(true);
        }
    }
}
