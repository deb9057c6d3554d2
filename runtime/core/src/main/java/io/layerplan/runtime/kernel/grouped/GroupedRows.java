package io.layerplan.runtime.kernel.grouped;

import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Writes a weight in its [GroupedLayout].
public final class GroupedRows {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /// The low half of every other byte.
    private static final long LOW = 0x000F000F000F000FL;

    /// Added to a code of 8 bits.
    private static final byte UNSIGNED = (byte) 128;

    private static final int NUMBERS = 2 * GroupedLayout.ROWS;

    private final Matrix weight;
    private final GroupedLayout layout;
    private final MemorySegment target;
    private final short[] numbers;
    private final byte[] columns = new byte[GroupedLayout.ROWS * GroupedLayout.COLUMNS];

    private GroupedRows(Matrix weight, GroupedLayout layout, MemorySegment target) {
        this.weight = weight;
        this.layout = layout;
        this.target = target;
        this.numbers = new short[layout.codeBytes() / 2];
    }

    /// Writes all groups of `weight`, on as many processors as there are.
    ///
    /// @param target `layout.bytes(rows, columns)` bytes
    /// @throws IllegalArgumentException if the layout is another format's, or the target has another size
    public static void write(Matrix weight, GroupedLayout layout, MemorySegment target) {
        if (layout.type() != weight.type() || target.byteSize() != layout.bytes(weight.rows(), weight.columns())) {
            throw new IllegalArgumentException(
                    "%s does not go into %d bytes of %s".formatted(weight.name(), target.byteSize(), layout.type()));
        }
        IntStream.range(0, GroupedLayout.groups(weight.rows()))
                .parallel()
                .forEach(group -> new GroupedRows(weight, layout, target).write(group));
    }

    private void write(int group) {
        long start = group * layout.groupBytes(weight.columns());
        int units = weight.columns() / layout.unitColumns();
        for (int unit = 0; unit < units; unit++) {
            long at = start + (long) unit * layout.unitBytes();
            if (!layout.hasIntegers()) {
                bytes(group, unit, at);
                continue;
            }
            header(group, unit, at);
            for (int block = 0; block < layout.blocks(); block++) {
                codes(group, unit, block, at + layout.headerBytes() + (long) block * layout.codeBytes());
            }
        }
    }

    private int rows(int group) {
        return Math.min(GroupedLayout.ROWS, weight.rows() - group * GroupedLayout.ROWS);
    }

    /// Where the file has block or super-block number `unit` of a row of a group.
    private long source(int group, int row, int unit) {
        long blockBytes = weight.type().blockBytes();
        return (group * (long) GroupedLayout.ROWS + row) * weight.rowBytes() + unit * blockBytes;
    }

    /// A block whose codes are bytes: the file's scales, and four columns after the other.
    private void bytes(int group, int unit, long at) {
        Arrays.fill(columns, UNSIGNED);
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            target.set(SHORT, at + 2L * row, weight.data().get(SHORT, source));
            for (int c = 0; c < GroupedLayout.COLUMNS; c++) {
                byte code = weight.data().get(ValueLayout.JAVA_BYTE, source + 2 + c);
                columns[(c / 4 * GroupedLayout.ROWS + row) * 4 + c % 4] = (byte) (code + UNSIGNED);
            }
        }
        MemorySegment.copy(columns, 0, target, ValueLayout.JAVA_BYTE, at + layout.headerBytes(), columns.length);
    }

    private void header(int group, int unit, long at) {
        for (int row = 0; row < rows(group); row++) {
            long block = source(group, row, unit);
            short scale = FileCodes.scale(weight.type(), weight.data(), block);
            if (layout.blocks() == 1) {
                target.set(SHORT, at + 2L * row, scale);
            } else {
                target.set(FLOAT, at + 4L * row, Float.float16ToFloat(scale));
                superBlock(block, row, at + GroupedLayout.WORDS);
            }
        }
    }

    private void superBlock(long block, int row, long at) {
        long integers = at;
        if (layout.offset() == 0) {
            target.set(FLOAT, at + 4L * row, FileCodes.minimumScale(weight.data(), block));
            integers += GroupedLayout.WORDS;
        }
        for (int b = 0; b < layout.blocks(); b++) {
            long to = integers + NUMBERS * (long) b + row;
            target.set(ValueLayout.JAVA_BYTE, to, FileCodes.first(weight.type(), weight.data(), block, b));
            target.set(
                    ValueLayout.JAVA_BYTE,
                    to + GroupedLayout.ROWS,
                    FileCodes.second(weight.type(), weight.data(), block, b));
        }
    }

    private void codes(int group, int unit, int block, long at) {
        Arrays.fill(numbers, (short) 0);
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            for (int v = 0; v < 4; v++) {
                long eight = FileCodes.eight(weight.type(), weight.data(), source, block, v);
                for (int p = 0; p < 2; p++) {
                    long four = eight >>> (8 * p);
                    int number = 2 * row + p;
                    numbers[v * NUMBERS + number] = (short) together(four & LOW);
                    long top = together((four >>> 4) & LOW);
                    if (layout.bits() == 5) {
                        numbers[4 * NUMBERS + number] |= (short) (top << v);
                    } else if (layout.bits() == 6) {
                        numbers[(4 + v / 2) * NUMBERS + number] |= (short) (top << (2 * (v % 2)));
                    }
                }
            }
        }
        MemorySegment.copy(numbers, 0, target, SHORT, at, numbers.length);
    }

    /// Four numbers of 4 bits, from every other byte.
    private static long together(long x) {
        return x | x >>> 12 | x >>> 24 | x >>> 36;
    }
}
