package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.tensor.ElementType;

/// How a matrix lies on the device. The quantised formats keep the bits of their GGUF type and no more; what one work
/// item reads at a time is gathered into whole words, in up to four planes of a row after another:
///
/// | format | plane A, a word a unit | B | C | D |
/// |---|---|---|---|---|
/// | `F32`, in the array of floats | an element | | | |
/// | `F16` | 2 elements | | | |
/// | `Q8_0` | 4 elements | | | scales, 2 a word |
/// | `Q4_0` | 8 elements | | | scales |
/// | `Q5_0` | the low 4 bits of 8 elements | the fifth bits, a word a block | | scales |
/// | `Q4_K` | 8 elements; with 4 words of scales before 32 of them, as in the file | | | |
/// | `Q6_K` | the low 4 bits of 8 elements | the upper 2 bits, 16 words a block | 4 words of scales a block | scales of blocks |
public enum DeviceFormat {
    F32(TermLayout.F32, 1, 1),
    F16(TermLayout.F16, 2, 2),
    Q8_0(TermLayout.Q8_0, 4, 32),
    Q4_0(TermLayout.Q4_0, 8, 32),
    Q5_0(TermLayout.Q5_0, 8, 32),
    Q4_K(TermLayout.Q4_K, 8, 256),
    Q6_K(TermLayout.Q6_K, 8, 256);

    private final int place;
    private final int unitElements;
    private final int blockElements;

    DeviceFormat(int place, int unitElements, int blockElements) {
        this.place = place;
        this.unitElements = unitElements;
        this.blockElements = blockElements;
    }

    /// The format for a matrix of a type: its own, or `F32` where no kernel reads it.
    public static DeviceFormat of(ElementType type, int columns) {
        return switch (type) {
            case F16 -> columns % 2 == 0 ? F16 : F32;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q5_0 -> Q5_0;
            case Q4_K -> Q4_K;
            case Q6_K -> Q6_K;
            case F32, BF16, Q4_1, Q5_1, Q5_K -> F32;
        };
    }

    /// Where a term's record has the units of this format.
    public int place() {
        return place;
    }

    /// Units of a row.
    public int units(int columns) {
        return columns / unitElements;
    }

    /// Blocks of a row.
    public int blocks(int columns) {
        return columns / blockElements;
    }

    /// Words (floats for `F32`) of plane `plane` (0 is A) of a matrix.
    public long planeWords(int plane, int rows, int columns) {
        long units = (long) rows * units(columns);
        long blocks = (long) rows * blocks(columns);
        return switch (this) {
            case F32, F16 -> plane == 0 ? units : 0;
            case Q8_0, Q4_0 -> plane == 0 ? units : plane == 3 ? (blocks + 1) / 2 : 0;
            case Q5_0 -> plane == 0 ? units : plane == 1 ? blocks : plane == 3 ? (blocks + 1) / 2 : 0;
            case Q4_K -> plane == 0 ? blocks * 36 : 0;
            case Q6_K ->
                switch (plane) {
                    case 0 -> units;
                    case 1 -> blocks * 16;
                    case 2 -> blocks * 4;
                    default -> (blocks + 1) / 2;
                };
        };
    }
}
