package io.layerplan.runtime.tornado.task;

/// What the kernel for projections keeps in local memory, in floats; it takes more than any other.
public final class LocalMemory {
    /// Elements of rows.
    public static final int PANELS = 4096;

    /// Decoded weights of a step.
    public static final int WEIGHTS = DeviceFormat.LANES * DeviceFormat.STEP;

    /// The most items of a workgroup.
    public static final int ITEMS = DeviceFormat.LANES * GroupShape.MOST_SLICES;

    /// All of it: panels, weights of each slice, sums, results, and a number for each item and token. NVIDIA's GPUs
    /// give a workgroup 48 kB.
    public static final int BYTES = Float.BYTES
            * (PANELS + WEIGHTS * GroupShape.MOST_SLICES + 2 * GroupShape.SUMS + ITEMS + GroupShape.MOST_TOKENS);

    private LocalMemory() {}
}
