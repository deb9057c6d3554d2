package io.layerplan.bench.report;

import java.util.ArrayList;
import java.util.List;

/// An axis: from values to pixels.
///
/// @param logarithmic whether equal distances are equal ratios
record Scale(double from, double to, double fromPixel, double toPixel, boolean logarithmic) {
    private static final double[] STEPS = {1, 2, 5};

    /// From 0 to a value that all others are below.
    static Scale fromZero(double most, double fromPixel, double toPixel) {
        return new Scale(0, most <= 0 ? 1 : most, fromPixel, toPixel, false);
    }

    static Scale ofRatios(double from, double to, double fromPixel, double toPixel) {
        return new Scale(from, to, fromPixel, toPixel, true);
    }

    double pixel(double value) {
        double share = logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
        return fromPixel + share * (toPixel - fromPixel);
    }

    /// Round numbers on the axis, at most about `most`.
    List<Double> ticks(int most) {
        return logarithmic ? roundOnes() : multiples(most);
    }

    private List<Double> multiples(int most) {
        double step = 1e-9;
        for (int i = 0; (to - from) / step > most; i++) {
            step = STEPS[i % STEPS.length] * Math.pow(10, Math.floorDiv(i, STEPS.length) - 9);
        }
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; from + i * step <= to * 1.0001; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /// 1, 2, 5, 10, 20, 50, …
    private List<Double> roundOnes() {
        List<Double> ticks = new ArrayList<>();
        for (int power = -9; power < 15; power++) {
            for (double step : STEPS) {
                double value = step * Math.pow(10, power);
                if (value >= from && value <= to) {
                    ticks.add(value);
                }
            }
        }
        return ticks;
    }
}
