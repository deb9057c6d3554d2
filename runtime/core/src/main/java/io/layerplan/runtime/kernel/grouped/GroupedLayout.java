package io.layerplan.runtime.kernel.grouped;

import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Optional;

/// How a format's rows lie side by side: groups of [#ROWS] rows, and in a group, blocks of [#COLUMNS] columns one after
/// the other. The numbers are those of the file, none is rounded.
///
/// All lies in the order in which products read it, or nearly so: processors that fetch memory ahead of a loop do so
/// for one that goes straight on. Where headers with the scales of eight blocks lay before their codes, and planes of
/// top bits behind, products took up to 2.4 times as long.
///
/// A block begins with its scales, the file's 16-bit floats, and its codes without their sign follow, in vectors of 128
/// bytes: number `2i + p` of 16 bits in a vector belongs to row `i` and holds codes of columns `2c + p`; of which
/// pairs `c`, [CodeDigits] says. So a 32-bit lane holds a row, and its halves hold neighbouring columns, which is how
/// [io.layerplan.runtime.kernel.QuantisedRow] holds activations.
///
/// Formats that have blocks of 256 with small integers as scales of 32 or 16 columns begin such a super-block with 32
/// 32-bit floats `d`, and 32 floats `m` if they have minima. In place of scales, their blocks begin with two vectors of
/// 32 bytes: scales and minima, or the scales of a block's halves.
///
/// Codes of 8 bits, which have a sign, are the exception: a block has 8 vectors of 128 bytes after its scales, and byte
/// `k` of the 32-bit number `i` of vector `v` is what row `i` has in column `4v + k`, with 128 added. Their products
/// are formed of floats, in every numeric mode.
///
/// @param type         the format of the rows
/// @param bits         of a code: 4, 5, 6 or 8
/// @param offset       what is taken from a code to get its value
/// @param blocks       blocks that share a header: 1, or 8 in a super-block
/// @param headerBytes  bytes before these blocks
public record GroupedLayout(ElementType type, int bits, int offset, int blocks, int headerBytes) {
    /// Rows of a group.
    public static final int ROWS = 32;

    /// Columns of a block.
    public static final int COLUMNS = 32;

    /// Bytes that a 32-bit number for each row takes.
    public static final int WORDS = 4 * ROWS;

    /// Bytes that a 16-bit number for each row takes, or two of 8 bits: what a block's scales take in all formats.
    public static final int HALVES = 2 * ROWS;

    /// The layout of a format's rows for products in a numeric mode, if they are laid out anew for them: rows whose
    /// codes have 4 to 6 bits are for products of integers.
    public static Optional<GroupedLayout> of(NumericMode mode, ElementType type) {
        return of(type).filter(layout -> mode == NumericMode.Q8 || !layout.hasIntegers());
    }

    /// The layout of a format, if it has one: those whose codes have 4 to 6 bits or 8, but Q4_1 and Q5_1.
    public static Optional<GroupedLayout> of(ElementType type) {
        return switch (type) {
            case Q4_0 -> Optional.of(new GroupedLayout(type, 4, 8, 1, 0));
            case Q5_0 -> Optional.of(new GroupedLayout(type, 5, 16, 1, 0));
            case Q4_K -> Optional.of(new GroupedLayout(type, 4, 0, 8, 2 * WORDS));
            case Q5_K -> Optional.of(new GroupedLayout(type, 5, 0, 8, 2 * WORDS));
            case Q6_K -> Optional.of(new GroupedLayout(type, 6, 32, 8, WORDS));
            case Q8_0 -> Optional.of(new GroupedLayout(type, 8, 0, 1, 0));
            case F32, F16, BF16, Q4_1, Q5_1 -> Optional.empty();
        };
    }

    /// Whether products are formed of integers.
    public boolean hasIntegers() {
        return bits < 8;
    }

    /// Bytes of a block.
    public int blockBytes() {
        return HALVES + bits * WORDS;
    }

    /// Bytes of the blocks that share a header, and of that.
    public int unitBytes() {
        return headerBytes + blocks * blockBytes();
    }

    /// Columns of the blocks that share a header.
    public int unitColumns() {
        return blocks * COLUMNS;
    }

    /// Bytes of a group of rows.
    ///
    /// @param columns a multiple of the format's block
    public long groupBytes(int columns) {
        return (long) columns / unitColumns() * unitBytes();
    }

    /// Groups that `rows` rows take; the last may be padded with rows of zeros.
    public static int groups(int rows) {
        return Math.ceilDiv(rows, ROWS);
    }

    /// Bytes of a matrix.
    public long bytes(int rows, int columns) {
        return Math.multiplyExact(groups(rows), groupBytes(columns));
    }
}
