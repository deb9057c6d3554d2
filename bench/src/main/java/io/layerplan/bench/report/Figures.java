package io.layerplan.bench.report;

import io.layerplan.bench.measure.Spread;
import java.util.Locale;

/// Numbers for people.
final class Figures {
    private Figures() {}

    /// Three digits or more: `1731`, `34.9`, `3.48`.
    static String number(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }

    /// `1 thread`, `2 threads`.
    static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }

    /// A round number as it is: `500`, `0.05`.
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : number(value);
    }

    /// `1.08`.
    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// `41 %`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /// Median and quartiles: `34.9 (33.1 to 35.2)`.
    static String rate(Spread spread) {
        return "%s (%s to %s)".formatted(number(spread.median()), number(spread.lower()), number(spread.upper()));
    }

    /// The same of a ratio.
    static String ratio(Spread spread) {
        return "%s (%s to %s)".formatted(ratio(spread.median()), ratio(spread.lower()), ratio(spread.upper()));
    }

    /// Cut to a width, with a mark.
    static String shortened(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
