package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.ReducerClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reducers as written to reducers with their numbers.
final class Reducers {
    private final RealEvaluator reals;
    private final Diagnostics diagnostics;

    Reducers(RealEvaluator reals, Diagnostics diagnostics) {
        this.reals = reals;
        this.diagnostics = diagnostics;
    }

    /// @param branches how many there are, if that is known
    Optional<Reducer> evaluate(ReducerClause clause, Optional<Integer> branches) {
        return switch (clause) {
            case ReducerClause.Average _ -> Optional.of(new Reducer.Average());
            case ReducerClause.Sum _ -> Optional.of(new Reducer.Sum());
            case ReducerClause.LayerParallel _ -> Optional.of(new Reducer.LayerParallel());
            case ReducerClause.Weights(var weights, var span) -> weights(weights, branches, span);
        };
    }

    private Optional<Reducer> weights(List<Expression> weights, Optional<Integer> branches, SourceSpan span) {
        if (branches.isPresent() && branches.get() != weights.size()) {
            diagnostics.report(ScheduleMessages.weightCount(span, weights.size(), branches.get()));
            return Optional.empty();
        }
        var values = new ArrayList<Double>(weights.size());
        for (Expression weight : weights) {
            reals.factor(weight).ifPresent(values::add);
        }
        return values.size() == weights.size() ? Optional.of(new Reducer.Weights(values)) : Optional.empty();
    }
}
