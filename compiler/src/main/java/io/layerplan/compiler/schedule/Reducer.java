package io.layerplan.compiler.schedule;

import java.util.Collections;
import java.util.List;

/// How the branches `S_1 … S_n` of a [Schedule.Parallel], which all read the same stream x, become one stream.
public sealed interface Reducer {
    /// What each of so many branches' contributions is multiplied by.
    default List<Double> factors(int branches) {
        return switch (this) {
            case Average() -> Collections.nCopies(branches, 1.0 / branches);
            case Sum(), LayerParallel() -> Collections.nCopies(branches, 1.0);
            case Weights(var weights) -> weights;
        };
    }

    /// `x + (1/n) Σ (S_k(x) - x)`
    record Average() implements Reducer {}

    /// `x + Σ (S_k(x) - x)`
    record Sum() implements Reducer {}

    /// `x + Σ w_k (S_k(x) - x)`; the weights are finite, one for each branch
    record Weights(List<Double> weights) implements Reducer {
        public Weights {
            weights = List.copyOf(weights);
            for (double weight : weights) {
                if (!Double.isFinite(weight)) {
                    throw new IllegalArgumentException("weight " + weight);
                }
            }
        }
    }

    /// Two phases over whole layers: `h = x + Σ A_k(x)`, then `h + Σ F_k(h)`
    record LayerParallel() implements Reducer {}
}
