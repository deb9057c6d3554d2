package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.Statement;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Evaluates `let` and `param` where they are written.
final class Definer {
    private final Scope scope;
    private final Diagnostics diagnostics;
    private final ListEvaluator lists;
    private final IntegerEvaluator integers;
    private final RealEvaluator reals;
    private final Overrides overrides;

    Definer(
            Scope scope,
            Diagnostics diagnostics,
            ListEvaluator lists,
            IntegerEvaluator integers,
            RealEvaluator reals,
            Overrides overrides) {
        this.scope = scope;
        this.diagnostics = diagnostics;
        this.lists = lists;
        this.integers = integers;
        this.reals = reals;
        this.overrides = overrides;
    }

    /// @param frontier how far the text has come; a `let` mentions nothing and leaves it where it is
    void define(Statement.Let let, Frontier frontier) {
        overrides.list(let.name());
        ListEvaluator.Evaluated evaluated = lists.evaluate(let.layers(), frontier.copy());
        SourceSpan span = let.name().span();
        Definition definition =
                evaluated.complete() ? new Definition.LayerList(evaluated.layers(), span) : new Definition.Broken(span);
        scope.define(let.name(), definition, diagnostics);
    }

    void define(Statement.Param param) {
        Definition byDefault = byDefault(param.value(), param.name().span());
        Definition definition = overrides.parameter(param.name(), param.value(), byDefault);
        scope.define(param.name(), definition, diagnostics);
    }

    private Definition byDefault(Expression value, SourceSpan span) {
        if (reals.isReal(value)) {
            OptionalDouble real = reals.evaluate(value);
            return real.isPresent()
                    ? new Definition.RealParameter(real.getAsDouble(), span)
                    : new Definition.Broken(span);
        }
        OptionalLong integer = integers.evaluate(value);
        return integer.isPresent()
                ? new Definition.IntegerParameter(integer.getAsLong(), span)
                : new Definition.Broken(span);
    }
}
