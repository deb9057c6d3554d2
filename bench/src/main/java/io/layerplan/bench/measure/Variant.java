package io.layerplan.bench.measure;

import java.util.Locale;

/// How a plan is compiled: the same kernels, packing and threads, so that the difference is fusion and nothing else.
public enum Variant {
    FUSED,
    UNFUSED;

    /// `fused`, `unfused`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
