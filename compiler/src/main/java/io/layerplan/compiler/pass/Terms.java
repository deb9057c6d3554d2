package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Rewriting the terms of a sum.
final class Terms {
    private Terms() {}

    /// The sum with every term replaced for which `rule` has a replacement; empty where it has none for any.
    static Optional<Op> rewrite(List<Term> terms, Function<Term, Optional<Term>> rule) {
        List<Term> rewritten =
                terms.stream().map(term -> rule.apply(term).orElse(term)).toList();
        return rewritten.equals(terms) ? Optional.empty() : Optional.of(new Op.Sum(rewritten));
    }
}
