package io.layerplan.runtime.kernel.vector;

/// Scales of blocks: numbers in IEEE binary16.
final class Halves {
    private static final int MAGNITUDE = 0x7fff;
    private static final int SMALLEST_NORMAL = 0x0400;

    private Halves() {}

    /// The bits of a finite half as a float. Integer instructions, unlike the conversion, leave the units that
    /// compute with vectors free; what is too small to be normal is rare and takes the conversion.
    static int bits(short half) {
        int magnitude = half & MAGNITUDE;
        if (magnitude < SMALLEST_NORMAL) {
            return Float.floatToRawIntBits(Float.float16ToFloat(half));
        }
        return ((half & 0x8000) << 16) | ((magnitude << 13) + (112 << 23));
    }
}
