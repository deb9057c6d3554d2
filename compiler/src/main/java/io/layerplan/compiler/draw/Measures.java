package io.layerplan.compiler.draw;

/// Sizes of a drawing, in pixels. Across a column stand: the title of a block, the rail of the residual stream, and the
/// band of a launch with its number, its boxes and its bytes.
final class Measures {
    static final double MARGIN = 24;

    static final double TITLE = 58;
    static final double RAIL = TITLE + 8;
    static final double BAND = RAIL + 12;
    static final double NUMBER = 26;
    static final double BYTES = 62;
    static final double BOXES = 244;
    static final double NARROWEST_LANE = 22;
    static final double COLUMN_GAP = 26;

    static final double BOX_HEIGHT = 15;
    static final double CAPTION_HEIGHT = 12;
    static final double PADDING = 2;
    static final double BAND_GAP = 3;
    static final double BLOCK_GAP = 11;

    static final double LARGE = 13;
    static final double NORMAL = 11;
    static final double SMALL = 9.5;

    private Measures() {}

    /// How wide a text is at most, about: no font is measured, since the reader's is not known here.
    static double width(String text, double size) {
        return 0.56 * size * text.codePointCount(0, text.length());
    }
}
