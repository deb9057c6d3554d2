package io.layerplan.runtime.kernel;

/// A row of activations as the `q8` mode takes it into products: blocks of 32 codes and a scale, as
/// `io.layerplan.runtime.kernel.scalar.ScalarQuantizeActivations` has them, with what integer products ask of them
/// besides. Room that is used again for row after row.
public final class QuantisedRow {
    /// Elements of a block.
    public static final int BLOCK = 32;

    private static final int HALF = BLOCK / 2;

    private int[] pairs = new int[0];
    private float[] scales = new float[0];
    private float[] sums = new float[0];
    private int[] halfSums = new int[0];

    /// Makes room for `size` elements, whole blocks.
    public void reserve(int size) {
        if (pairs.length < size / 2) {
            pairs = new int[size / 2];
            scales = new float[size / BLOCK];
            sums = new float[size / BLOCK];
            halfSums = new int[size / HALF];
        }
    }

    /// Takes over block number `block`.
    ///
    /// @param codes 32 whole numbers of -127 to 127, from `at`
    public void set(int block, float scale, float[] codes, int at) {
        scales[block] = scale;
        int all = 0;
        for (int half = 0; half < 2; half++) {
            int even = 0;
            int odd = 0;
            for (int i = 0; i < HALF; i += 2) {
                int a = (int) codes[at + half * HALF + i];
                int b = (int) codes[at + half * HALF + i + 1];
                pairs[(block * BLOCK + half * HALF + i) / 2] = pair(a, b);
                even += a;
                odd += b;
            }
            halfSums[2 * block + half] = pair(even, odd);
            all += even + odd;
        }
        sums[block] = scale * all;
    }

    /// Elements `2i` and `2i + 1` as the halves of a number, the first of them low.
    public int[] pairs() {
        return pairs;
    }

    public float[] scales() {
        return scales;
    }

    /// For each block, the sum of its elements: its scale times the sum of its codes.
    public float[] sums() {
        return sums;
    }

    /// What a lane's sum over block `block` begins with if `offset` is taken from every code of the weight: `-offset`
    /// times the sums of even and odd elements. Modulo 2^16, as are the sums; what comes out in the end fits.
    public int start(int block, int offset) {
        int a = halfSums[2 * block];
        int b = halfSums[2 * block + 1];
        return pair(-offset * ((short) a + (short) b), -offset * ((a >> 16) + (b >> 16)));
    }

    /// The same for half `half` of 16 elements.
    public int startOfHalf(int half, int offset) {
        int a = halfSums[half];
        return pair(-offset * (short) a, -offset * (a >> 16));
    }

    /// Bytes held.
    public long bytes() {
        return 4L * (pairs.length + scales.length + sums.length + halfSums.length);
    }

    private static int pair(int low, int high) {
        return (low & 0xFFFF) | (high << 16);
    }
}
