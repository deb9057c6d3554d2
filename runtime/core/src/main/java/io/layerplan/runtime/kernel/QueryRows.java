package io.layerplan.runtime.kernel;

/// The queries of consecutive tokens that read one key/value head: row `t * heads + h` is query head `h` of token `t`.
public final class QueryRows {
    private final float[] x;
    private final int offset;
    private final int stride;
    private final int tokens;
    private final int heads;

    /// @param x      where they lie
    /// @param offset of the first head of the first token
    /// @param stride from one token to the next
    /// @param tokens how many tokens
    /// @param heads  query heads, side by side
    public QueryRows(float[] x, int offset, int stride, int tokens, int heads) {
        this.x = x;
        this.offset = offset;
        this.stride = stride;
        this.tokens = tokens;
        this.heads = heads;
    }

    public float[] x() {
        return x;
    }

    public int tokens() {
        return tokens;
    }

    /// Query heads of a token.
    public int heads() {
        return heads;
    }

    /// How many rows.
    public int count() {
        return tokens * heads;
    }

    /// Which token a row belongs to.
    public int token(int row) {
        return row / heads;
    }

    /// Where a row of `size` elements starts.
    public int offset(int row, int size) {
        return offset + row / heads * stride + row % heads * size;
    }
}
