package io.layerplan.compiler.cli;

import java.util.Locale;

/// Numbers for people.
public final class Sizes {
    private Sizes() {}

    /// `12.3 MB`: decimal units, three digits.
    public static String bytes(long bytes) {
        return bytes < 1000 ? bytes + " B" : scaled(bytes, "kMGTPE") + "B";
    }

    /// `1.23 M`: a count of operations or parameters.
    public static String count(long count) {
        return count < 1000 ? Long.toString(count) : scaled(count, "kMGTPE").strip();
    }

    private static String scaled(long number, String units) {
        double value = number;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %c", value, units.charAt(unit));
    }
}
