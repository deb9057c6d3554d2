package io.layerplan.compiler.draw;

import io.layerplan.compiler.draw.Line.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Function;

/// Puts the boxes of a band into lines. The boxes say all they can in one line; where they are too narrow, there is a
/// line with a caption for each operation, and the boxes only say whose they are.
final class BandLayout {
    private static final double INSET = 4;

    private final int lanes;
    private final NavigableSet<Integer> layers;
    private final double width;

    /// @param lanes  of the section
    /// @param layers of the block: a box says which they are, if they are not the same
    /// @param width  of all lanes
    BandLayout(int lanes, NavigableSet<Integer> layers, double width) {
        this.lanes = lanes;
        this.layers = layers;
        this.width = width;
    }

    List<Line> lines(Band band) {
        List<Function<Box, String>> texts = List.of(
                box -> layers(box) + box.caption().detail(),
                box -> layers(box) + box.caption().operation());
        for (Function<Box, String> text : texts) {
            List<Label> labels = place(band.boxes(), text);
            if (labels.stream().allMatch(BandLayout::fits)) {
                return List.of(Line.plain(labels));
            }
        }
        Map<String, List<Box>> operations = new LinkedHashMap<>();
        band.boxes()
                .forEach(box -> operations
                        .computeIfAbsent(box.caption().work(), _ -> new ArrayList<>())
                        .add(box));
        return operations.values().stream().map(this::captioned).toList();
    }

    private Line captioned(List<Box> boxes) {
        Caption all = boxes.stream().map(Box::caption).reduce(Caption::and).orElseThrow();
        String caption = Measures.width(all.detail(), Measures.SMALL) <= width ? all.detail() : all.operation();
        List<Label> labels = place(boxes, box -> Ranges.of(box.caption().layers())).stream()
                .map(label -> fits(label) ? label : new Label(label.box(), label.x(), label.width(), ""))
                .toList();
        return labels.size() == 1 && Measures.width(caption, Measures.SMALL) < widthBeside(labels.getFirst())
                ? Line.remarked(caption, labels.getFirst())
                : Line.captioned(caption, labels);
    }

    private double widthBeside(Label label) {
        return Math.max(label.x(), width - label.right()) - 2 * INSET;
    }

    /// Boxes of one lane share its width.
    private List<Label> place(List<Box> boxes, Function<Box, String> text) {
        Map<Integer, Integer> sharing = new HashMap<>();
        boxes.forEach(box -> sharing.merge(box.firstLane(), 1, Integer::sum));
        Map<Integer, Integer> placed = new HashMap<>();
        double lane = width / lanes;
        List<Label> labels = new ArrayList<>();
        for (Box box : boxes) {
            int share = sharing.getOrDefault(box.firstLane(), 1);
            int index = placed.merge(box.firstLane(), 1, Integer::sum) - 1;
            double own = lane * (box.lastLane() - box.firstLane() + 1) / share;
            labels.add(new Label(box, lane * box.firstLane() + own * index + 1, own - 2, text.apply(box)));
        }
        return labels;
    }

    private static boolean fits(Label label) {
        return Measures.width(label.text(), Measures.NORMAL) <= label.width() - INSET;
    }

    private String layers(Box box) {
        NavigableSet<Integer> own = box.caption().layers();
        boolean join = box.lastLane() > box.firstLane();
        return own.isEmpty() || own.equals(layers) || join ? "" : Ranges.of(own) + ": ";
    }
}
