package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import java.util.OptionalLong;

/// Integer expressions: checked 64-bit arithmetic; `/` rounds down and takes no negative operands. Empty means that
/// something is wrong and has been reported.
final class IntegerEvaluator {
    private final ModelShape shape;
    private final Scope scope;
    private final Diagnostics diagnostics;

    IntegerEvaluator(ModelShape shape, Scope scope, Diagnostics diagnostics) {
        this.shape = shape;
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    OptionalLong evaluate(Expression expression) {
        return switch (expression) {
            case Expression.IntegerLiteral(var digits, var span) -> literal(digits, span);
            case Expression.RealLiteral(var digits, var span) -> {
                diagnostics.report(ScheduleMessages.notAnInteger(span, digits));
                yield OptionalLong.empty();
            }
            case Expression.ModelNumber(var word, var _) -> OptionalLong.of(valueOf(word, shape));
            case Expression.Reference reference -> reference(reference);
            case Expression.Negation(var operand, var span) -> {
                OptionalLong value = evaluate(operand);
                yield value.isPresent() ? subtract(0, value.getAsLong(), span) : value;
            }
            case Expression.Binary binary -> binary(binary);
        };
    }

    static long valueOf(Expression.Word word, ModelShape shape) {
        return switch (word) {
            case LAST -> shape.last();
            case MID -> shape.mid();
            case LAYERS -> shape.layers();
        };
    }

    private OptionalLong literal(String digits, SourceSpan span) {
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            diagnostics.report(ScheduleMessages.integerTooLarge(span));
            return OptionalLong.empty();
        }
    }

    private OptionalLong reference(Expression.Reference reference) {
        SourceSpan span = reference.span();
        String name = reference.name();
        switch (scope.resolve(reference, diagnostics)) {
            case Definition.IntegerParameter(var value, var _) -> {
                return OptionalLong.of(value);
            }
            case Definition.RealParameter _ -> diagnostics.report(ScheduleMessages.realParameter(span, name));
            case Definition.LayerList _ -> diagnostics.report(ScheduleMessages.listIsNoNumber(span, name));
            case Definition.PlanBlock _ -> diagnostics.report(ScheduleMessages.planIsNoValue(span, name));
            case Definition.Broken _ -> {}
        }
        return OptionalLong.empty();
    }

    private OptionalLong binary(Expression.Binary binary) {
        OptionalLong left = evaluate(binary.left());
        OptionalLong right = evaluate(binary.right());
        if (left.isEmpty() || right.isEmpty()) {
            return OptionalLong.empty();
        }
        long a = left.getAsLong();
        long b = right.getAsLong();
        try {
            return switch (binary.operator()) {
                case ADD -> OptionalLong.of(Math.addExact(a, b));
                case SUBTRACT -> OptionalLong.of(Math.subtractExact(a, b));
                case MULTIPLY -> OptionalLong.of(Math.multiplyExact(a, b));
                case DIVIDE -> divide(a, b, binary);
            };
        } catch (ArithmeticException e) {
            return overflow(binary.span());
        }
    }

    private OptionalLong subtract(long a, long b, SourceSpan span) {
        try {
            return OptionalLong.of(Math.subtractExact(a, b));
        } catch (ArithmeticException e) {
            return overflow(span);
        }
    }

    private OptionalLong overflow(SourceSpan span) {
        diagnostics.report(ScheduleMessages.overflow(span));
        return OptionalLong.empty();
    }

    private OptionalLong divide(long a, long b, Expression.Binary binary) {
        if (b == 0) {
            diagnostics.report(ScheduleMessages.divisionByZero(binary.right().span()));
            return OptionalLong.empty();
        }
        if (a < 0 || b < 0) {
            SourceSpan span = (a < 0 ? binary.left() : binary.right()).span();
            diagnostics.report(ScheduleMessages.negativeOperand(span, Math.min(a, b)));
            return OptionalLong.empty();
        }
        return OptionalLong.of(a / b);
    }
}
