package io.layerplan.compiler.draw;

/// What kind of work a box stands for; each has a colour.
enum Family {
    PROJECTION("projection", "#dbe9fb", "#3b76c4"),
    ATTENTION("attention", "#fde3c8", "#c9741b"),
    ELEMENTWISE("element by element", "#dff1de", "#4a8f46"),
    EMBED_AND_HEAD("embedding, output head", "#ece1f7", "#7d55b5");

    private final String label;
    private final String fill;
    private final String line;

    Family(String label, String fill, String line) {
        this.label = label;
        this.fill = fill;
        this.line = line;
    }

    String label() {
        return label;
    }

    String fill() {
        return fill;
    }

    String line() {
        return line;
    }

    /// The name of its boxes' style.
    String style() {
        return switch (this) {
            case PROJECTION -> "p";
            case ATTENTION -> "a";
            case ELEMENTWISE -> "e";
            case EMBED_AND_HEAD -> "h";
        };
    }
}
