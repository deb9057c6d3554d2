package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Numeral;

/// Reads numbers as what they are needed as.
final class Numbers {
    private Numbers() {}

    static int integer(Numeral number) {
        try {
            return Integer.parseInt(number.text());
        } catch (NumberFormatException e) {
            throw new SyntaxException(GraphMessages.outOfRange(number.span(), number.text(), "32-bit integer"));
        }
    }

    static int positive(Numeral number) {
        int value = integer(number);
        if (value < 1) {
            throw new SyntaxException(GraphMessages.outOfRange(number.span(), number.text(), "size"));
        }
        return value;
    }

    /// Finite, rounded to a 32-bit float.
    static float single(Numeral number) {
        float value = Float.parseFloat(number.text());
        if (!Float.isFinite(value)) {
            throw new SyntaxException(GraphMessages.outOfRange(number.span(), number.text(), "32-bit float"));
        }
        return value;
    }

    /// Finite, rounded to a 64-bit float.
    static double real(Numeral number) {
        double value = Double.parseDouble(number.text());
        if (!Double.isFinite(value)) {
            throw new SyntaxException(GraphMessages.outOfRange(number.span(), number.text(), "64-bit float"));
        }
        return value;
    }
}
