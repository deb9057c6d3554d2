package io.layerplan.runtime.generate;

/// The generator of Steele, Lea and Flood ("Fast splittable pseudorandom number generators", 2014) with the constants
/// of Vigna's `splitmix64.c`: the same numbers for a seed on every machine, for ever.
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix64(long seed) {
        this.state = seed;
    }

    long next() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// In [0, 1), a multiple of 2^-53.
    double nextDouble() {
        return (next() >>> 11) * 0x1p-53;
    }
}
