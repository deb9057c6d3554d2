package io.layerplan.runtime.program;

/// Rotary position embedding (Su et al., RoFormer, arXiv 2104.09864): the pair `j` of the first `dimensions` elements
/// of a head, `d = dimensions`, is turned by the angle `position · base^(-2j/d) / (scale · factor_j)`.
///
/// @param pairing    which elements make a pair
/// @param dimensions how many elements of a head are turned; even, at most the head's size
/// @param base       the longest wave's base, 10000 in the paper
/// @param scale      linear position scaling: positions are divided by it; 1 where there is none
/// @param factors    the weight that holds `dimensions / 2` frequency divisors (Llama 3), or -1
public record Rope(Pairing pairing, int dimensions, double base, double scale, int factors) {
    public Rope {
        if (dimensions < 2 || dimensions % 2 != 0 || !(base > 0) || !(scale > 0)) {
            throw new IllegalArgumentException(
                    "rope of %d dimensions, base %s, scale %s".formatted(dimensions, base, scale));
        }
    }

    /// Which two elements of a head are turned together.
    public enum Pairing {
        /// `2j` and `2j + 1` (llama in GGUF files).
        ADJACENT,
        /// `j` and `j + dimensions / 2` (NeoX; qwen and gemma).
        HALVES
    }
}
