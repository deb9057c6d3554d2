package io.layerplan.runtime.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How the elements of a weight are stored. The quantised formats are those of ggml (`ggml-common.h`): a row is a
/// sequence of blocks, each holding scales and `blockElements` small integers.
public enum ElementType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    BF16(30, 1, 2);

    private final int ggufCode;
    private final int blockElements;
    private final int blockBytes;

    ElementType(int ggufCode, int blockElements, int blockBytes) {
        this.ggufCode = ggufCode;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /// The number that stands for this type in a GGUF file.
    public int ggufCode() {
        return ggufCode;
    }

    /// Elements in a block; 1 for the types that are not quantised.
    public int blockElements() {
        return blockElements;
    }

    /// Bytes of a block.
    public int blockBytes() {
        return blockBytes;
    }

    /// Whether elements are small integers with scales.
    public boolean isQuantised() {
        return blockElements > 1;
    }

    /// Bytes of a row of `columns` elements.
    ///
    /// @throws IllegalArgumentException if `columns` is no multiple of [#blockElements()]
    public long rowBytes(long columns) {
        if (columns < 0 || columns % blockElements != 0) {
            throw new IllegalArgumentException(columns + " columns are no multiple of " + blockElements);
        }
        return Math.multiplyExact(columns / blockElements, (long) blockBytes);
    }

    /// The name used in printed programs: `f32`, `q4_k`, ….
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ElementType> ofGgufCode(long code) {
        return Arrays.stream(values()).filter(type -> type.ggufCode == code).findFirst();
    }
}
