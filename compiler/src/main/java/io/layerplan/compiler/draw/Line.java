package io.layerplan.compiler.draw;

import java.util.List;
import java.util.Optional;

/// A row of boxes in a band. Where they are too narrow for words, these stand above them, or beside a single one.
record Line(Optional<String> caption, Optional<String> remark, List<Label> labels) {
    static Line plain(List<Label> labels) {
        return new Line(Optional.empty(), Optional.empty(), labels);
    }

    static Line captioned(String caption, List<Label> labels) {
        return new Line(Optional.of(caption), Optional.empty(), labels);
    }

    static Line remarked(String remark, Label label) {
        return new Line(Optional.empty(), Optional.of(remark), List.of(label));
    }

    /// A box with its place among the boxes of the column, and what it shows.
    record Label(Box box, double x, double width, String text) {
        double right() {
            return x + width;
        }

        double middle() {
            return x + width / 2;
        }
    }

    Line {
        labels = List.copyOf(labels);
    }

    double height() {
        return Measures.BOX_HEIGHT + (caption.isPresent() ? Measures.CAPTION_HEIGHT : 0);
    }
}
