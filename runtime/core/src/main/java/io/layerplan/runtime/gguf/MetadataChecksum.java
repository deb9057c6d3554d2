package io.layerplan.runtime.gguf;

import io.layerplan.runtime.gguf.MetadataValue.Flag;
import io.layerplan.runtime.gguf.MetadataValue.Real;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import io.layerplan.runtime.gguf.MetadataValue.Text;
import io.layerplan.runtime.gguf.MetadataValue.Whole;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The CRC-32C of a value: of the numbers that stand for its types, least significant byte first, and of what it holds.
final class MetadataChecksum {
    private final CRC32C checksum = new CRC32C();

    private MetadataChecksum() {}

    static int of(MetadataValue value) {
        MetadataChecksum result = new MetadataChecksum();
        result.add(value);
        return (int) result.checksum.getValue();
    }

    private void add(MetadataValue value) {
        switch (value) {
            case Whole(ValueType type, long bits) -> {
                number(type.code());
                number(bits);
            }
            case Real(ValueType type, double real) -> {
                number(type.code());
                number(Double.doubleToRawLongBits(real));
            }
            case Flag(boolean flag) -> {
                number(ValueType.BOOL.code());
                number(flag ? 1 : 0);
            }
            case Text(String text) -> {
                number(ValueType.STRING.code());
                checksum.update(text.getBytes(StandardCharsets.UTF_8));
            }
            case Sequence(ValueType elements, int count, var data) -> {
                number(ValueType.ARRAY.code());
                number(elements.code());
                number(count);
                checksum.update(data.asByteBuffer());
            }
        }
    }

    private void number(long bits) {
        checksum.update(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bits)
                .flip());
    }
}
