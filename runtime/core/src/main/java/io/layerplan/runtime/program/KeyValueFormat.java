package io.layerplan.runtime.program;

/// How an executor stores the keys and values of past positions. It belongs to a run, not to a program.
public enum KeyValueFormat {
    /// As they were computed.
    F32(Float.BYTES),
    /// Rounded to IEEE binary16, to the nearest and ties to even, and computed with as floats again. Magnitudes from
    /// 65520 on become infinite, and with them the logits, which is an error and not a guess.
    F16(Short.BYTES);

    private final int bytes;

    KeyValueFormat(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of an element.
    public int bytes() {
        return bytes;
    }

    /// What `x` is once it has been stored: the definition of the format.
    public float stored(float x) {
        return switch (this) {
            case F32 -> x;
            case F16 -> Float.float16ToFloat(Float.floatToFloat16(x));
        };
    }
}
