package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import java.util.OptionalDouble;

/// Real expressions: the words and operators of the integer ones in double precision, so that `1/3` is a third. Every
/// value on the way is finite. Empty means that something is wrong and has been reported.
final class RealEvaluator {
    private final ModelShape shape;
    private final Scope scope;
    private final Diagnostics diagnostics;

    RealEvaluator(ModelShape shape, Scope scope, Diagnostics diagnostics) {
        this.shape = shape;
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    OptionalDouble evaluate(Expression expression) {
        return switch (expression) {
            case Expression.IntegerLiteral(var digits, var span) -> finite(Double.parseDouble(digits), span);
            case Expression.RealLiteral(var digits, var span) -> finite(Double.parseDouble(digits), span);
            case Expression.ModelNumber(var word, var _) ->
                OptionalDouble.of((double) IntegerEvaluator.valueOf(word, shape));
            case Expression.Reference reference -> reference(reference);
            case Expression.Negation(var operand, var _) -> {
                OptionalDouble value = evaluate(operand);
                yield value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
            }
            case Expression.Binary binary -> binary(binary);
        };
    }

    /// A value that parts of the stream are multiplied by, in 32-bit floats.
    OptionalDouble factor(Expression expression) {
        OptionalDouble value = evaluate(expression);
        if (value.isPresent() && !Float.isFinite((float) value.getAsDouble())) {
            diagnostics.report(ScheduleMessages.beyondFloats(expression.span(), value.getAsDouble()));
            return OptionalDouble.empty();
        }
        return value;
    }

    /// Whether a parameter with this default is a real one: it has a decimal point or a real parameter in it.
    boolean isReal(Expression expression) {
        return switch (expression) {
            case Expression.RealLiteral _ -> true;
            case Expression.IntegerLiteral _, Expression.ModelNumber _ -> false;
            case Expression.Reference reference ->
                scope.resolve(reference, diagnostics) instanceof Definition.RealParameter;
            case Expression.Negation(var operand, var _) -> isReal(operand);
            case Expression.Binary binary -> {
                boolean left = isReal(binary.left());
                yield isReal(binary.right()) || left;
            }
        };
    }

    private OptionalDouble reference(Expression.Reference reference) {
        SourceSpan span = reference.span();
        String name = reference.name();
        switch (scope.resolve(reference, diagnostics)) {
            case Definition.IntegerParameter(var value, var _) -> {
                return OptionalDouble.of((double) value);
            }
            case Definition.RealParameter(var value, var _) -> {
                return OptionalDouble.of(value);
            }
            case Definition.LayerList _ -> diagnostics.report(ScheduleMessages.listIsNoNumber(span, name));
            case Definition.PlanBlock _ -> diagnostics.report(ScheduleMessages.planIsNoValue(span, name));
            case Definition.Broken _ -> {}
        }
        return OptionalDouble.empty();
    }

    private OptionalDouble binary(Expression.Binary binary) {
        OptionalDouble left = evaluate(binary.left());
        OptionalDouble right = evaluate(binary.right());
        if (left.isEmpty() || right.isEmpty()) {
            return OptionalDouble.empty();
        }
        double a = left.getAsDouble();
        double b = right.getAsDouble();
        double result = switch (binary.operator()) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
        };
        return finite(result, binary.span());
    }

    private OptionalDouble finite(double value, SourceSpan span) {
        if (Double.isFinite(value)) {
            return OptionalDouble.of(value);
        }
        diagnostics.report(ScheduleMessages.notFinite(span));
        return OptionalDouble.empty();
    }
}
