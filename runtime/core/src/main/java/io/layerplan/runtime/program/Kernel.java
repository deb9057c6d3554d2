package io.layerplan.runtime.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one job of a launch computes, for every row `t` of its views. Weights, slots and buffers are numbers into the
/// program's tables. A kernel whose result has a row for each output reads the last rows of what has a row for each
/// token.
///
/// Some kernels have a fused form, in which the work of several operations is done where a value is read or written.
/// Fusion changes no bit of the result: the same loops run over the same values in the same order.
///
/// The formulas here are the definition; `io.layerplan.runtime.kernel.scalar` is the definition that runs.
public sealed interface Kernel {
    /// `y[t] = scale · table[token[t]]`
    record Embed(int table, float scale, View y) implements Kernel {}

    /// `y[t, g] = gain · x[t, g] / √(mean(x[t, g]²) + epsilon)` for each of the `groups` equal parts g of a row
    /// (RMSNorm, arXiv 1910.07467). One group is the usual norm; the q/k norms have a group for each head.
    record Norm(View x, int gain, float epsilon, int groups, View y) implements Kernel {}

    /// `y[t, r] = heads(Σ_c matrix[r, c] · x[t, c] + bias[r])`. Unfused, `x` is plain, and there is neither bias nor
    /// heads.
    record MatMul(Input x, int matrix, OptionalInt bias, Optional<HeadEpilogue> heads, Target y) implements Kernel {}

    /// `y[t, r] = activation(Σ_c gate[r, c] · x[t, c]) · Σ_c up[r, c] · x[t, c]`
    record GatedMatMul(Input x, int gate, int up, Activation activation, View y) implements Kernel {}

    /// `y[t] = x[t] + bias`
    record Bias(View x, int bias, View y) implements Kernel {}

    /// Turns each head of size `headSize` in `x` by its position.
    record Rotate(View x, Rope rope, int headSize, View y) implements Kernel {}

    /// Writes the keys and values of the batch's positions into a slot.
    record KvWrite(View keys, View values, int slot) implements Kernel {}

    /// `y[t, h] = Σ_p softmax_p(scale · q[t, h] · K[p, h']) V[p, h']` over the positions `p` that `t` sees.
    /// `y` may be where the queries are: `q[t, h]` is read as a whole before `y[t, h]` is written.
    record Attention(View queries, int slot, Heads heads, View y) implements Kernel {}

    /// `y[t] = activation(x[t])`
    record Activate(View x, Activation activation, View y) implements Kernel {}

    /// `y[t] = a[t] ⊙ b[t]`
    record Multiply(View a, View b, View y) implements Kernel {}

    /// `y[t] = Σ_i weight_i · term_i[t]`: residuals, reducers and scales. The terms are added from left to right, each
    /// in one rounding: `y ← fma(weight_i, term_i, y)`, the first is `weight_1 · term_1`. Unfused, all terms are plain.
    record Sum(List<Term> terms, View y) implements Kernel {
        public Sum {
            terms = List.copyOf(terms);
            if (terms.isEmpty()) {
                throw new IllegalArgumentException("a sum without terms");
            }
        }
    }

    /// `y[o] = x[t]` for the tokens `t` whose logits were asked for.
    record SelectOutputs(View x, View y) implements Kernel {}
}
