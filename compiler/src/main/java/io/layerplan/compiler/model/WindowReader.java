package io.layerplan.compiler.model;

/// The attention window of each layer, from `attention.sliding_window` and `attention.sliding_window_pattern`.
/// The pattern is an array that says which layers have the window, or a period p: layers `p - 1`, `2p - 1`, …
/// have none.
final class WindowReader {
    private static final String WINDOW = "attention.sliding_window";
    private static final String PATTERN = "attention.sliding_window_pattern";

    private final int window;
    private final boolean[] windowed;

    WindowReader(ModelKeys keys, Architecture architecture, int layers) {
        this.window = keys.whole(WINDOW, 0, Integer.MAX_VALUE, 0);
        this.windowed = keys.isArray(PATTERN)
                ? keys.flags(PATTERN, layers)
                : every(
                        keys.whole(
                                PATTERN,
                                0,
                                Integer.MAX_VALUE,
                                architecture.windows().period()),
                        layers);
    }

    private static boolean[] every(int period, int layers) {
        boolean[] windowed = new boolean[layers];
        for (int layer = 0; layer < layers; layer++) {
            windowed[layer] = period == 0 || (layer + 1) % period != 0;
        }
        return windowed;
    }

    /// The window of a layer; 0 where it sees everything.
    int of(int layer) {
        return windowed[layer] ? window : 0;
    }
}
