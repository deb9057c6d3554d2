package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The values of `--set`: digits with an optional sign and fraction, as in plans.
final class Overrides {
    private final Map<String, String> values;
    private final Diagnostics diagnostics;
    private final List<String> parameters = new ArrayList<>();
    private final Set<String> lists = new HashSet<>();

    Overrides(Map<String, String> values, Diagnostics diagnostics) {
        this.values = values;
        this.diagnostics = diagnostics;
    }

    static Overrides none() {
        return new Overrides(Map.of(), new Diagnostics());
    }

    /// Remembers a layer list, for the message that it is no parameter.
    void list(Name name) {
        lists.add(name.text());
    }

    /// What a parameter is, its default overridden where `--set` says so.
    ///
    /// @param byDefault an integer, a real or a broken parameter
    Definition parameter(Name name, Expression value, Definition byDefault) {
        parameters.add(name.text());
        String override = values.get(name.text());
        if (override == null) {
            return byDefault;
        }
        return switch (byDefault) {
            case Definition.IntegerParameter integer -> integer(name, override, value, integer);
            case Definition.RealParameter real -> real(name, override, real);
            case Definition.LayerList _, Definition.PlanBlock _, Definition.Broken _ -> byDefault;
        };
    }

    private Definition integer(Name name, String text, Expression value, Definition.IntegerParameter integer) {
        if (!isNumber(text)) {
            diagnostics.report(FlagMessages.notANumber(name.text(), text));
        } else if (text.indexOf('.') >= 0) {
            Optional<String> real = value instanceof Expression.IntegerLiteral(var digits, var _)
                    ? Optional.of(digits + ".0")
                    : Optional.empty();
            diagnostics.report(FlagMessages.notAnInteger(name.text(), text, real));
        } else {
            try {
                return new Definition.IntegerParameter(Long.parseLong(text), integer.span());
            } catch (NumberFormatException e) {
                diagnostics.report(FlagMessages.outOfRange(name.text(), text));
            }
        }
        return new Definition.Broken(integer.span());
    }

    private Definition real(Name name, String text, Definition.RealParameter real) {
        if (!isNumber(text)) {
            diagnostics.report(FlagMessages.notANumber(name.text(), text));
        } else if (!Double.isFinite(Double.parseDouble(text))) {
            diagnostics.report(FlagMessages.outOfRange(name.text(), text));
        } else {
            return new Definition.RealParameter(Double.parseDouble(text), real.span());
        }
        return new Definition.Broken(real.span());
    }

    private static boolean isNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        return point < 0
                ? isDigits(text, start, text.length())
                : isDigits(text, start, point) && isDigits(text, point + 1, text.length());
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    /// Reports the values that no parameter of the plan took.
    void reportUnknown() {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (lists.contains(entry.getKey())) {
                diagnostics.report(FlagMessages.notAParameter(entry.getKey(), entry.getValue()));
            } else if (!parameters.contains(entry.getKey())) {
                diagnostics.report(FlagMessages.unknownParameter(entry.getKey(), entry.getValue(), parameters));
            }
        }
    }
}
