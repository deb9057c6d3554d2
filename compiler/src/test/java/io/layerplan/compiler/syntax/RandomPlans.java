package io.layerplan.compiler.syntax;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/// Random plans for property tests: valid text, by seed the same for ever. Every statement, suffix, reducer and list
/// form comes up, nested, with `let`, `param` and expressions. A plan runs at most [#MOST_OCCURRENCES] layers, factors
/// and weights are between -1 and 1, and layers may be left unmentioned.
public final class RandomPlans {
    /// Occurrences of layers, and of halves of layers, that one random plan runs.
    public static final int MOST_OCCURRENCES = 48;

    private static final int DEEPEST_BLOCK = 3;

    private final Random random;
    private final int layers;
    private final RandomLayout layout;
    private final RandomNumbers numbers;
    private final List<Listed> lets = new ArrayList<>();
    private final BitSet run = new BitSet();
    private final BitSet skipped = new BitSet();
    private int frontier = -1;
    private int names;

    private RandomPlans(long seed, int layers, boolean messy) {
        this.random = new Random(seed);
        this.layers = layers;
        this.layout = messy ? RandomLayout.messy(random) : RandomLayout.tidy();
        this.numbers = new RandomNumbers(random, layers, layout);
    }

    /// A plan for a model of so many layers, on one line.
    public static String plan(long seed, int layers) {
        return new RandomPlans(seed, layers, false).plan();
    }

    /// The same kind of plan, laid out by someone who does not care: blanks, new lines, comments and needless
    /// parentheses wherever they may stand.
    public static String messy(long seed, int layers) {
        return new RandomPlans(seed, layers, true).plan();
    }

    private String plan() {
        var statements = new ArrayList<String>();
        int budget = MOST_OCCURRENCES;
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count && budget > 0; i++) {
            if (random.nextInt(3) == 0) {
                statements.add(definition());
            }
            if (random.nextInt(6) == 0 && skipped.cardinality() + run.cardinality() < layers - 1) {
                statements.add(skip());
            }
            Generated statement = statement(1 + random.nextInt(budget), 0);
            statements.add(statement.text());
            budget -= statement.occurrences();
        }
        int left = layers - 1 - frontier;
        if (left > 0 && left <= budget && random.nextBoolean()) {
            statements.add("run" + layout.blank() + "rest");
        }
        return layout.plan(statements);
    }

    private record Generated(String text, int occurrences) {}

    private record Listed(String text, List<Integer> layers) {}

    // --- statements ---

    private String definition() {
        String name = "abcdefghijklmnopqrstuvwyz".charAt(random.nextInt(25)) + "_" + names++;
        return switch (random.nextInt(3)) {
            case 0 -> {
                Listed list = list(1 + random.nextInt(6), frontier, 0);
                lets.add(new Listed(name, list.layers()));
                yield "let" + layout.blank() + name + layout.around("=") + list.text();
            }
            case 1 -> {
                int value = random.nextInt(layers + 3);
                String text = numbers.integer(value);
                numbers.defineInteger(name, value);
                yield "param" + layout.blank() + name + layout.around("=") + text;
            }
            default -> {
                numbers.defineReal(name);
                yield "param" + layout.blank() + name + layout.around("=") + "0." + random.nextInt(10);
            }
        };
    }

    /// Layers that do not run, and are not to run from here on.
    private String skip() {
        int layer = random.nextInt(layers);
        while (run.get(layer) || skipped.get(layer)) {
            layer = (layer + 1) % layers;
        }
        skipped.set(layer);
        frontier = Math.max(frontier, layer);
        return "skip" + layout.blank() + numbers.integer(layer);
    }

    /// A statement that runs something, at most so many layers.
    private Generated statement(int most, int depth) {
        int turns = random.nextInt(3) == 0 ? 1 + random.nextInt(Math.min(3, most)) : 1;
        boolean repeated = turns > 1 || random.nextInt(12) == 0;
        Generated inner = unsuffixed(most / turns, repeated ? turns : 0, depth);
        return random.nextInt(5) == 0
                ? new Generated(
                        inner.text() + layout.blank() + "scale" + layout.blank() + numbers.real(), inner.occurrences())
                : inner;
    }

    /// @param turns how often the statement is repeated by a suffix, 0 for none
    private Generated unsuffixed(int most, int turns, int depth) {
        String suffix = turns == 0 ? "" : layout.blank() + repeat(turns);
        int times = Math.max(turns, 1);
        boolean nested = depth < DEEPEST_BLOCK && most > 1 && random.nextInt(3) == 0;
        return switch (random.nextInt(6)) {
            case 0, 1 -> {
                String verb = List.of("run", "run", "attn", "ffn").get(random.nextInt(4));
                Listed list = listToRun(most);
                String each = turns > 0 && random.nextBoolean() ? layout.blank() + "each" : "";
                yield new Generated(
                        verb + layout.blank() + list.text() + each + suffix,
                        list.layers().size() * times);
            }
            case 2, 3 -> {
                Generated body = nested ? branches(most, depth) : branchesOfList(most);
                yield new Generated("par" + layout.blank() + body.text() + suffix, body.occurrences() * times);
            }
            case 4 -> {
                int own = 1 + random.nextInt(Math.min(3, most));
                Generated body = nested ? block(most / own, depth) : ofList(listToRun(most / own));
                String text = "loop" + layout.blank() + body.text() + layout.blank() + repeat(own) + suffix;
                yield new Generated(text, body.occurrences() * own * times);
            }
            default -> {
                Generated body = depth < DEEPEST_BLOCK ? block(most, depth) : ofList(listToRun(most));
                String verb = depth < DEEPEST_BLOCK ? "" : "run" + layout.blank();
                yield new Generated(verb + body.text() + suffix, body.occurrences() * times);
            }
        };
    }

    private static Generated ofList(Listed list) {
        return new Generated(list.text(), list.layers().size());
    }

    private Generated branchesOfList(int most) {
        Listed list = listToRun(most);
        int count = list.layers().size();
        String reducer = count > 0 && random.nextInt(4) == 0 ? "lp" : reducer(count);
        return new Generated(list.text() + layout.blank() + reducer, count);
    }

    private Generated branches(int most, int depth) {
        var statements = new ArrayList<String>();
        int occurrences = statements(statements, most, depth);
        String text = layout.block(statements) + layout.optionalBlank() + reducer(statements.size());
        return new Generated(text, occurrences);
    }

    private Generated block(int most, int depth) {
        var statements = new ArrayList<String>();
        int occurrences = statements(statements, most, depth);
        return new Generated(layout.block(statements), occurrences);
    }

    private int statements(List<String> statements, int most, int depth) {
        int occurrences = 0;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && occurrences < most; i++) {
            Generated statement = statement(1 + random.nextInt(most - occurrences), depth + 1);
            statements.add(statement.text());
            occurrences += statement.occurrences();
        }
        return occurrences;
    }

    private String reducer(int branches) {
        if (branches > 0 && branches < 9 && random.nextInt(3) == 0) {
            var weights = new ArrayList<String>();
            for (int i = 0; i < branches; i++) {
                weights.add(numbers.real());
            }
            return "weights" + layout.parentheses(layout.list(weights));
        }
        return random.nextBoolean() ? "avg" : "sum";
    }

    private String repeat(int turns) {
        return switch (random.nextInt(3)) {
            case 0 -> "x" + turns;
            case 1 -> "x " + turns;
            default -> "x" + layout.parentheses(numbers.integer(turns));
        };
    }

    // --- lists ---

    private Listed listToRun(int most) {
        Listed list = list(most, frontier, 0);
        for (int layer : list.layers()) {
            run.set(layer);
            frontier = Math.max(frontier, layer);
        }
        return list;
    }

    /// A list of at most so many layers, at least one, none of them skipped; now and then an empty `rest`.
    private Listed list(int most, int before, int depth) {
        var items = new ArrayList<String>();
        var named = new ArrayList<Integer>();
        int highest = before;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && named.size() < most; i++) {
            Listed item = allowedItem(most - named.size(), highest, depth);
            items.add(item.text());
            named.addAll(item.layers());
            for (int layer : item.layers()) {
                highest = Math.max(highest, layer);
            }
        }
        return new Listed(layout.items(items, depth), named);
    }

    private Listed allowedItem(int most, int highest, int depth) {
        for (int attempt = 0; attempt < 20; attempt++) {
            Listed item = item(most, highest, depth);
            if (item.layers().size() <= most && item.layers().stream().noneMatch(skipped::get)) {
                return item;
            }
        }
        int layer = skipped.nextClearBit(0);
        return new Listed(numbers.integer(layer), List.of(layer));
    }

    private Listed item(int most, int highest, int depth) {
        int first = random.nextInt(layers);
        return switch (random.nextInt(depth < 2 ? 9 : 6)) {
            case 0 -> new Listed("all", range(0, layers - 1, 1));
            case 1 -> new Listed("rest", range(highest + 1, layers - 1, 1));
            case 2 -> {
                int step = 1 + random.nextInt(3);
                int last = first + random.nextInt(layers - first);
                String text = numbers.integer(first) + layout.around("..") + numbers.integer(last);
                yield new Listed(
                        text + layout.blank() + "by" + layout.blank() + numbers.integer(step),
                        range(first, last, step));
            }
            case 3 -> {
                int last = Math.min(layers - 1, first + random.nextInt(most));
                yield new Listed(
                        numbers.integer(first) + layout.around("..") + numbers.integer(last), range(first, last, 1));
            }
            case 4 ->
                lets.isEmpty()
                        ? new Listed(numbers.integer(first), List.of(first))
                        : lets.get(random.nextInt(lets.size()));
            case 6 -> {
                Listed inner = list(most, highest, depth + 1);
                yield new Listed(
                        "rev" + layout.parentheses(inner.text()), inner.layers().reversed());
            }
            case 7 -> {
                Listed inner = list(most, highest, depth + 1);
                int seed = random.nextInt(100);
                String text = "shuffle" + layout.parentheses(layout.list(List.of(inner.text(), "seed " + seed)));
                yield new Listed(text, shuffled(inner.layers(), seed));
            }
            default -> new Listed(numbers.integer(first), List.of(first));
        };
    }

    private static List<Integer> range(int first, int last, int step) {
        var range = new ArrayList<Integer>();
        for (int layer = first; layer <= last; layer += step) {
            range.add(layer);
        }
        return range;
    }

    /// The order matters to no count here, so that any order will do.
    private static List<Integer> shuffled(List<Integer> layers, int seed) {
        return seed % 2 == 0 ? layers : layers.reversed();
    }
}
