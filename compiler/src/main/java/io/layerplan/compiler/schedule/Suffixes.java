package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.Suffix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Evaluates suffixes, and applies them from left to right, each to all that stands before it.
final class Suffixes {
    private final IntegerEvaluator integers;
    private final RealEvaluator reals;
    private final Diagnostics diagnostics;

    Suffixes(IntegerEvaluator integers, RealEvaluator reals, Diagnostics diagnostics) {
        this.integers = integers;
        this.reals = reals;
        this.diagnostics = diagnostics;
    }

    /// A suffix with its number.
    sealed interface Evaluated {
        record Repeat(long times, SourceSpan span) implements Evaluated {}

        record Scale(double factor) implements Evaluated {}
    }

    /// All of them, or empty if something is wrong with one, which has been reported.
    Optional<List<Evaluated>> evaluate(List<Suffix> suffixes) {
        var evaluated = new ArrayList<Evaluated>(suffixes.size());
        for (Suffix suffix : suffixes) {
            switch (suffix) {
                case Suffix.Repeat repeat -> times(repeat).ifPresent(evaluated::add);
                case Suffix.Scale(Expression factor, var _) -> {
                    OptionalDouble value = reals.factor(factor);
                    value.ifPresent(v -> evaluated.add(new Evaluated.Scale(v)));
                }
            }
        }
        return evaluated.size() == suffixes.size() ? Optional.of(evaluated) : Optional.empty();
    }

    Optional<Evaluated.Repeat> times(Suffix.Repeat repeat) {
        OptionalLong times = integers.evaluate(repeat.times());
        if (times.isEmpty()) {
            return Optional.empty();
        }
        if (times.getAsLong() < 1) {
            diagnostics.report(ScheduleMessages.repeatTooSmall(repeat.span(), times.getAsLong()));
            return Optional.empty();
        }
        return Optional.of(new Evaluated.Repeat(times.getAsLong(), repeat.span()));
    }

    Optional<Part> apply(Part part, List<Evaluated> suffixes) {
        Optional<Part> result = Optional.of(part);
        for (Evaluated suffix : suffixes) {
            result = result.flatMap(before -> apply(before, suffix));
        }
        return result;
    }

    private Optional<Part> apply(Part part, Evaluated suffix) {
        return switch (suffix) {
            case Evaluated.Repeat(long times, var span) -> part.repeated(times, span, diagnostics);
            case Evaluated.Scale(double factor) -> Optional.of(part.scaled(factor));
        };
    }
}
