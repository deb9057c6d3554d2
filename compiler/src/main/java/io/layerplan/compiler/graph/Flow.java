package io.layerplan.compiler.graph;

import io.layerplan.runtime.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What part of a plan makes of the residual stream, as a sum that is not added up yet: `S(x) = Σ weight · value`.
/// Keeping the sum open lets a reducer add all branches in one operation, and each half layer's contribution stay where
/// it is computed.
///
/// @param weights by value, in the order in which they will be added; the weights of a stream sum up to 1 or more terms
record Flow(Map<Value, Double> weights) {
    Flow {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /// Nothing ran: `S(x) = x`.
    static Flow unchanged(Value x) {
        return new Flow(Map.of(x, 1.0));
    }

    /// `x + Σ deltas`
    static Flow adding(Value x, List<Value> deltas) {
        Map<Value, Double> weights = new LinkedHashMap<>();
        weights.put(x, 1.0);
        deltas.forEach(delta -> weights.merge(delta, 1.0, Double::sum));
        return new Flow(weights);
    }

    /// `x + Σ factor_i · (S_i(x) - x)`, with the multiples of `x` gathered into one weight.
    static Flow reduce(Value x, List<Flow> branches, List<Double> factors) {
        Map<Value, Double> weights = new LinkedHashMap<>();
        weights.put(x, 1.0);
        for (int i = 0; i < branches.size(); i++) {
            double factor = factors.get(i);
            weights.merge(x, -factor, Double::sum);
            branches.get(i).weights().forEach((value, weight) -> weights.merge(value, factor * weight, Double::sum));
        }
        // A mean of n branches leaves (1 - n · 1/n) x: nothing, up to the rounding of 1/n.
        weights.values().removeIf(weight -> Math.abs(weight) < 1e-12);
        return new Flow(weights.isEmpty() ? Map.of(x, 0.0) : weights);
    }

    /// Adds the sum up.
    Value stream(GraphWriter graph) {
        List<Term.Plain> terms = new ArrayList<>();
        weights.forEach((value, weight) -> terms.add(new Term.Plain(value, factor(weight))));
        return graph.sum(terms);
    }

    /// @throws InputException if it is beyond 32-bit floats
    private static float factor(double weight) {
        float factor = (float) weight;
        if (!Float.isFinite(factor)) {
            throw new InputException(
                    "the plan multiplies a part by %s, which is beyond 32-bit floats".formatted(weight),
                    "give `scale` and `weights` smaller numbers; nested ones multiply");
        }
        return factor;
    }
}
