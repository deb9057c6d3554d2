package io.layerplan.bench.measure;

import java.util.Arrays;

/// What several measurements of the same thing amount to.
///
/// @param lower  quartile
/// @param upper  quartile
/// @param rounds how many there were
public record Spread(double median, double lower, double upper, double least, double most, int rounds) {
    /// @param values at least one
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }

    /// Of what two programs did in the same rounds: medians of ratios, which what disturbs both disturbs least.
    public static Spread ofRatios(double[] over, double[] under) {
        double[] ratios = new double[over.length];
        Arrays.setAll(ratios, round -> over[round] / under[round]);
        return of(ratios);
    }

    /// Between two values on a straight line.
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
