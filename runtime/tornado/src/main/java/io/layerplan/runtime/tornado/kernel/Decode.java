package io.layerplan.runtime.tornado.kernel;

/// Arithmetic on the bits of weights, for kernels. Without loops and branches: TornadoVM lowers no others rightly where
/// it inlines, and a processor's compiler makes vectors of these.
final class Decode {
    private Decode() {}

    /// The value of a finite 16-bit float, in the lower half of `bits`. There is no way to take bits for a float here,
    /// so the power of two is an integer, shifted and with the sign, and a factor.
    static float half(int bits) {
        int power = (bits >> 10) & 31;
        int normal = Math.min(power, 1);
        int significand = (bits & 1023) + 1024 * normal;
        int sign = 1 - ((bits >> 14) & 2);
        return significand * (5.9604645e-8f * (sign << (power - normal)));
    }

    /// The signed significand of a brain float (BF16), in the lower half of `bits`.
    static int brain(int bits) {
        int normal = Math.min((bits >> 7) & 255, 1);
        return ((bits & 127) + 128 * normal) * (1 - ((bits >> 14) & 2));
    }

    /// The 6-bit scale of 32 elements, `part` of 8, in a block of Q4_K or Q5_K, of the first and the third of its words
    /// of scales.
    static int scale(int part, int first, int third) {
        int upper = part >> 2;
        int shift = 8 * (part & 3);
        int low = (first >> shift) & 63;
        int high = ((third >> shift) & 15) + 16 * ((first >> (shift + 6)) & 3);
        return low + upper * (high - low);
    }

    /// The 6-bit minimum of 32 elements, `part` of 8, of the second and the third of those words.
    static int minimum(int part, int second, int third) {
        int upper = part >> 2;
        int shift = 8 * (part & 3);
        int low = (second >> shift) & 63;
        int high = ((third >> (shift + 4)) & 15) + 16 * ((second >> (shift + 6)) & 3);
        return low + upper * (high - low);
    }
}
