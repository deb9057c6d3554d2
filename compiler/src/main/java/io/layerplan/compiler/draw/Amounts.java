package io.layerplan.compiler.draw;

import java.util.Locale;

/// Numbers for people, in decimal units.
final class Amounts {
    private Amounts() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `576 B`, `1.5 kB`, `12.3 MB`
    static String bytes(long bytes) {
        return scaled(bytes, "B");
    }

    /// `14.1 MFLOP`
    static String flops(long flops) {
        return scaled(flops, "FLOP");
    }

    private static String scaled(long amount, String unit) {
        if (amount < 1000) {
            return amount + " " + unit;
        }
        double value = amount;
        int prefix = -1;
        while (value >= 999.95) {
            value /= 1000;
            prefix++;
        }
        return String.format(Locale.ROOT, "%.1f %s%s", value, "kMGTPE".charAt(prefix), unit);
    }
}
