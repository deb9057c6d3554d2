package io.layerplan.runtime.kernel.vector;

/// IEEE binary16 to float by table: the scales of a weight's blocks lie in a few octaves, whose part of the table
/// stays in the nearest cache, and a load can broadcast its result, which a conversion cannot.
final class Halves {
    private static final float[] FLOATS = floats();

    private Halves() {}

    static float toFloat(short half) {
        return FLOATS[half & 0xffff];
    }

    private static float[] floats() {
        float[] floats = new float[1 << 16];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.float16ToFloat((short) i);
        }
        return floats;
    }
}
