package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;

/// How a `par` combines its branches, as written.
public sealed interface ReducerClause {
    SourceSpan span();

    /// `avg`
    record Average(SourceSpan span) implements ReducerClause {}

    /// `sum`
    record Sum(SourceSpan span) implements ReducerClause {}

    /// `lp`
    record LayerParallel(SourceSpan span) implements ReducerClause {}

    /// `weights(w1, w2, …)`, at least one
    record Weights(List<Expression> weights, SourceSpan span) implements ReducerClause {
        public Weights {
            weights = List.copyOf(weights);
        }
    }
}
