package io.layerplan.runtime.kernel.grouped;

import io.layerplan.runtime.tensor.ElementType;
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
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Added to a code of 8 bits.
    private static final byte UNSIGNED = (byte) 128;

    private final Matrix weight;
    private final GroupedLayout layout;
    private final MemorySegment target;
    private final int[] codes = new int[GroupedLayout.COLUMNS / 2];
    private final int[] numbers;
    private final byte[] columns = new byte[GroupedLayout.ROWS * GroupedLayout.COLUMNS];

    private GroupedRows(Matrix weight, GroupedLayout layout, MemorySegment target) {
        this.weight = weight;
        this.layout = layout;
        this.target = target;
        this.numbers = new int[layout.bits() * GroupedLayout.ROWS];
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
            long first = at + layout.headerBytes();
            if (layout.blocks() == 1) {
                scales(group, unit, first);
            } else {
                superBlock(group, unit, at);
            }
            for (int block = 0; block < layout.blocks(); block++) {
                long codes = first + (long) block * layout.blockBytes() + GroupedLayout.HALVES;
                if (layout.hasIntegers()) {
                    codes(group, unit, block, codes);
                } else {
                    bytes(group, unit, codes);
                }
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

    /// Codes that are bytes: four columns after the other.
    private void bytes(int group, int unit, long at) {
        Arrays.fill(columns, UNSIGNED);
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            for (int c = 0; c < GroupedLayout.COLUMNS; c++) {
                byte code = weight.data().get(ValueLayout.JAVA_BYTE, source + 2 + c);
                columns[(c / 4 * GroupedLayout.ROWS + row) * 4 + c % 4] = (byte) (code + UNSIGNED);
            }
        }
        MemorySegment.copy(columns, 0, target, ValueLayout.JAVA_BYTE, at, columns.length);
    }

    private void scales(int group, int unit, long at) {
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            target.set(SHORT, at + 2L * row, FileCodes.scale(weight.type(), weight.data(), source));
        }
    }

    /// The header of a super-block, and what its blocks have in place of scales.
    private void superBlock(int group, int unit, long at) {
        ElementType type = weight.type();
        MemorySegment data = weight.data();
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            target.set(FLOAT, at + 4L * row, Float.float16ToFloat(FileCodes.scale(type, data, source)));
            if (layout.offset() == 0) {
                target.set(FLOAT, at + GroupedLayout.WORDS + 4L * row, FileCodes.minimumScale(data, source));
            }
            long to = at + layout.headerBytes() + row;
            for (int block = 0; block < layout.blocks(); block++) {
                target.set(ValueLayout.JAVA_BYTE, to, FileCodes.first(type, data, source, block));
                target.set(ValueLayout.JAVA_BYTE, to + GroupedLayout.ROWS, FileCodes.second(type, data, source, block));
                to += layout.blockBytes();
            }
        }
    }

    private void codes(int group, int unit, int block, long at) {
        CodeDigits digits = CodeDigits.of(layout.bits());
        Arrays.fill(numbers, 0);
        for (int row = 0; row < rows(group); row++) {
            long source = source(group, row, unit);
            for (int v = 0; v < 4; v++) {
                long eight = FileCodes.eight(weight.type(), weight.data(), source, block, v);
                for (int pair = 4 * v; pair < 4 * v + 4; pair++) {
                    codes[pair] = (int) ((eight & 0xFF) | ((eight & 0xFF00) << 8));
                    eight >>>= 16;
                }
            }
            digits.put(codes, numbers, row);
        }
        MemorySegment.copy(numbers, 0, target, INT, at, numbers.length);
    }
}
