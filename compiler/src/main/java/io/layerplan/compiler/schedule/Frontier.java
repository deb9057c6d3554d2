package io.layerplan.compiler.schedule;

/// How far the text has come: the highest layer mentioned so far, above which `rest` begins. After a list that
/// something is wrong with, it is not known any more.
final class Frontier {
    private int highest;
    private boolean known;

    private Frontier(int highest, boolean known) {
        this.highest = highest;
        this.known = known;
    }

    static Frontier start() {
        return new Frontier(-1, true);
    }

    Frontier copy() {
        return new Frontier(highest, known);
    }

    void include(Layers layers) {
        for (int i = 0; i < layers.size(); i++) {
            highest = Math.max(highest, layers.get(i));
        }
    }

    void lose() {
        known = false;
    }

    boolean isKnown() {
        return known;
    }

    /// -1 before any layer was mentioned.
    int highest() {
        return highest;
    }
}
