package io.layerplan.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The expressions of [RandomPlans], over the parameters that were defined so far.
final class RandomNumbers {
    private final Random random;
    private final int layers;
    private final RandomLayout layout;
    private final TreeMap<String, Integer> integers = new TreeMap<>();
    private final List<String> reals = new ArrayList<>();

    RandomNumbers(Random random, int layers, RandomLayout layout) {
        this.random = random;
        this.layers = layers;
        this.layout = layout;
    }

    void defineInteger(String name, int value) {
        integers.put(name, value);
    }

    void defineReal(String name) {
        reals.add(name);
    }

    /// An expression of this value.
    String integer(int value) {
        return switch (random.nextInt(10)) {
            case 0 -> relative("last", layers - 1, value);
            case 1 -> relative("mid", layers / 2, value);
            case 2 -> relative("layers", layers, value);
            case 3 -> layout.sum(Integer.toString(value / 2), "+", Integer.toString(value - value / 2));
            case 4 -> layout.sum(layout.parentheses(2 * value + "+1"), "/", "2");
            case 5 -> layout.sum("-" + value, "+", 2 * value + "*1");
            case 6, 7 -> ofParameter(value);
            default -> Integer.toString(value);
        };
    }

    private String ofParameter(int value) {
        if (integers.isEmpty()) {
            return Integer.toString(value);
        }
        var known = List.copyOf(integers.entrySet());
        Map.Entry<String, Integer> one = known.get(random.nextInt(known.size()));
        return relative(one.getKey(), one.getValue(), value);
    }

    private String relative(String word, int base, int value) {
        String operator = value < base ? "-" : "+";
        return base == value ? word : layout.sum(word, operator, Integer.toString(Math.abs(value - base)));
    }

    /// An expression of a value between -1 and 1.
    String real() {
        return switch (random.nextInt(7)) {
            case 0 -> "1" + layout.around("/") + (1 + random.nextInt(5));
            case 1 -> "-0." + random.nextInt(100);
            case 2 -> "0." + random.nextInt(10) + layout.around("*") + "0.5";
            case 3 -> "1" + layout.around("-") + "mid" + layout.around("/") + "layers";
            case 4, 5 -> reals.isEmpty() ? "1" : reals.get(random.nextInt(reals.size()));
            default -> "0." + random.nextInt(1000);
        };
    }
}
