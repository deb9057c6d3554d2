package io.layerplan.runtime.program;

import java.util.List;

/// What one job of a launch computes, for every row `t` of its views. Weights, slots and buffers are numbers into the
/// program's tables. The formulas here are the definition; `io.layerplan.runtime.kernel.scalar` is the definition that runs.
public sealed interface Kernel {
    /// `y[t] = scale · table[token[t]]`
    record Embed(int table, float scale, View y) implements Kernel {}

    /// `y[t, g] = gain · x[t, g] / √(mean(x[t, g]²) + epsilon)` for each of the `groups` equal parts g of a row
    /// (RMSNorm, arXiv 1910.07467). One group is the usual norm; the q/k norms have a group for each head.
    record Norm(View x, int gain, float epsilon, int groups, View y) implements Kernel {}

    /// `y[t, r] = Σ_c weight[r, c] · x[t, c]`
    record MatMul(View x, int weight, View y) implements Kernel {}

    /// `y[t] = x[t] + bias`
    record Bias(View x, int bias, View y) implements Kernel {}

    /// Turns each head of size `headSize` in `x` by its position.
    record Rotate(View x, Rope rope, int headSize, View y) implements Kernel {}

    /// Writes the keys and values of the batch's positions into a slot.
    record KvWrite(View keys, View values, int slot) implements Kernel {}

    /// `y[t, h] = Σ_p softmax_p(scale · q[t, h] · K[p, h']) V[p, h']` over the positions `p` that `t` sees.
    record Attention(View queries, int slot, Heads heads, View y) implements Kernel {}

    /// `y[t] = activation(x[t])`
    record Activate(View x, Activation activation, View y) implements Kernel {}

    /// `y[t] = a[t] ⊙ b[t]`
    record Multiply(View a, View b, View y) implements Kernel {}

    /// `y[t] = Σ_i weights[i] · terms[i][t]`, added from left to right: residuals, reducers and scales.
    record Sum(List<View> terms, List<Float> weights, View y) implements Kernel {
        public Sum {
            terms = List.copyOf(terms);
            weights = List.copyOf(weights);
            if (terms.isEmpty() || terms.size() != weights.size()) {
                throw new IllegalArgumentException(terms.size() + " terms with " + weights.size() + " weights");
            }
        }
    }

    /// `y[o] = x[t]` for the tokens `t` whose logits were asked for.
    record SelectOutputs(View x, View y) implements Kernel {}
}
