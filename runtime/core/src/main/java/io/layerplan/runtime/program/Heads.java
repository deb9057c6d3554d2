package io.layerplan.runtime.program;

/// The shape of an attention call (grouped-query attention, arXiv 2305.13245): query head `h` reads key/value head
/// `h / (queries / keyValues)`.
///
/// @param queries   query heads
/// @param keyValues key/value heads, a divisor of `queries`
/// @param size      elements of a head
/// @param scale     what the products of queries and keys are multiplied by, `1/√size` in most models
public record Heads(int queries, int keyValues, int size, double scale) {
    public Heads {
        if (queries < 1 || keyValues < 1 || size < 1 || queries % keyValues != 0) {
            throw new IllegalArgumentException("%d query heads over %d of size %d".formatted(queries, keyValues, size));
        }
    }
}
