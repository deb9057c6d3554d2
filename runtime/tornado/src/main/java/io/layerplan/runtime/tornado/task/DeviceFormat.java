package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.tensor.ElementType;
import java.util.Locale;

/// How a matrix lies on the device: every type keeps the bits of its GGUF blocks. [#LANES] neighbouring rows are a
/// tile, and word `i` of block `b` of all rows of a tile are neighbours, so that work items that have a row each read
/// neighbouring words:
///
/// ```
/// words[a + ((tile · blocks + b) · blockWords + i) · LANES + lane]
/// ```
///
/// What is left of a block beside whole words is one 16-bit scale; those of two neighbouring blocks share a word of a
/// second plane, `words[d + (tile · ⌈blocks / 2⌉ + b / 2) · LANES + lane]`. Rows are filled up with zeros to whole
/// blocks of 32 elements, matrices to whole tiles.
public enum DeviceFormat {
    /// 32-bit floats, in the array of floats.
    F32(FormatCodes.F32, ElementType.F32, 32, 0, -1),
    F16(FormatCodes.F16, ElementType.F16, 16, 0, -1),
    BF16(FormatCodes.BF16, ElementType.BF16, 16, 0, -1),
    Q8_0(FormatCodes.Q8_0, ElementType.Q8_0, 8, 2, 0),
    Q4_0(FormatCodes.Q4_0, ElementType.Q4_0, 4, 2, 0),
    Q4_1(FormatCodes.Q4_1, ElementType.Q4_1, 5, 0, -1),
    Q5_0(FormatCodes.Q5_0, ElementType.Q5_0, 5, 2, 0),
    Q5_1(FormatCodes.Q5_1, ElementType.Q5_1, 6, 0, -1),
    Q4_K(FormatCodes.Q4_K, ElementType.Q4_K, 36, 0, -1),
    Q5_K(FormatCodes.Q5_K, ElementType.Q5_K, 44, 0, -1),
    Q6_K(FormatCodes.Q6_K, ElementType.Q6_K, 52, 0, 208);

    /// Rows of a tile.
    public static final int LANES = 16;

    /// Elements that are decoded at a time.
    public static final int STEP = 32;

    private final int code;
    private final ElementType type;
    private final int blockWords;
    private final int wordsAt;
    private final int scaleAt;

    DeviceFormat(int code, ElementType type, int blockWords, int wordsAt, int scaleAt) {
        this.code = code;
        this.type = type;
        this.blockWords = blockWords;
        this.wordsAt = wordsAt;
        this.scaleAt = scaleAt;
    }

    /// The format for a matrix of a type.
    public static DeviceFormat of(ElementType type) {
        return switch (type) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_1 -> Q4_1;
            case Q5_0 -> Q5_0;
            case Q5_1 -> Q5_1;
            case Q4_K -> Q4_K;
            case Q5_K -> Q5_K;
            case Q6_K -> Q6_K;
        };
    }

    /// Its number in tables.
    int code() {
        return code;
    }

    /// The bit of this format in a set of formats.
    public int bit() {
        return 1 << code;
    }

    /// Elements of a block: 32, or 256.
    public int blockElements() {
        return Math.max(STEP, type.blockElements());
    }

    /// Bytes of a whole block in a GGUF file.
    public int blockBytes() {
        return type.blockBytes() * (blockElements() / type.blockElements());
    }

    /// Whole words of a block; floats for [#F32].
    public int blockWords() {
        return blockWords;
    }

    /// Where in a block's bytes its words begin.
    int wordsAt() {
        return wordsAt;
    }

    /// Where in a block's bytes the scale of the second plane is; -1 for none.
    int scaleAt() {
        return scaleAt;
    }

    /// Blocks of a row.
    public int blocks(int columns) {
        return Math.ceilDiv(columns, blockElements());
    }

    /// Words of the second plane for a row.
    public int scaleWords(int columns) {
        return scaleAt < 0 ? 0 : Math.ceilDiv(blocks(columns), 2);
    }

    /// Words (floats for [#F32]) of a matrix without the second plane.
    public long words(int rows, int columns) {
        return (long) paddedRows(rows) * blocks(columns) * blockWords;
    }

    /// Words of a matrix's second plane.
    public long scales(int rows, int columns) {
        return (long) paddedRows(rows) * scaleWords(columns);
    }

    private static int paddedRows(int rows) {
        return Math.ceilDiv(rows, LANES) * LANES;
    }

    /// As in `q4_k`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
