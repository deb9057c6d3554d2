package io.layerplan.runtime.kernel.scalar;

/// Activations in blocks of 32 8-bit integers with one float scale, as the `q8` numeric mode takes them into
/// products: with `scale = max_i |x_i| / 127`, `q_i = round(x_i / scale)`, halves to even, so that `x_i ≈ scale
/// · q_i` with an error of half a scale at most, up to rounding. A block whose largest magnitude is below 1e-30
/// counts as zeros: scale 0 and codes 0.
///
/// The quotient is computed as `x_i · (127 / max)` in 32-bit floats: every implementation does just that, since
/// one unit in the last place can flip a code.
public final class ScalarQuantizeActivations {
    /// Elements of a block.
    public static final int BLOCK = 32;

    private static final float SMALLEST = 1e-30f;

    private ScalarQuantizeActivations() {}

    /// Quantises `size` elements; the last block may be shorter.
    ///
    /// @param codes  receives `size` codes from `codesOffset`, -127 to 127
    /// @param scales receives `⌈size / 32⌉` scales from `scalesOffset`
    public static void quantize(
            float[] x, int xOffset, int size, byte[] codes, int codesOffset, float[] scales, int scalesOffset) {
        for (int block = 0; block * BLOCK < size; block++) {
            int start = block * BLOCK;
            int end = Math.min(start + BLOCK, size);
            float largest = 0;
            for (int i = start; i < end; i++) {
                largest = Math.max(largest, Math.abs(x[xOffset + i]));
            }
            boolean zero = largest < SMALLEST;
            float inverse = zero ? 0 : 127 / largest;
            scales[scalesOffset + block] = zero ? 0 : largest / 127;
            for (int i = start; i < end; i++) {
                codes[codesOffset + i] = (byte) Math.rint(x[xOffset + i] * inverse);
            }
        }
    }
}
