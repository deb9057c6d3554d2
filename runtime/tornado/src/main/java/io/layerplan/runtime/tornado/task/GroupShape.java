package io.layerplan.runtime.tornado.task;

/// Work items of a workgroup, and how much one does. A processor runs the items of a group one after the other, so it
/// gets groups of one item with more rows, and vectors of its own from the loop over a tile's rows; a GPU gets an item
/// for each row of a tile, several times over, with parts of the columns each.
///
/// @param lanes  items side by side, each with rows of its own: 1 or [DeviceFormat#LANES]
/// @param slices items that share a row and have parts of its columns
/// @param rows   neighbouring elements of a result that a group computes, where there are no heads
/// @param busy   groups at a time that keep the device busy
public record GroupShape(int lanes, int slices, int rows, int busy) {
    private static final int PROCESSOR_GROUPS = 2;
    private static final int GPU_GROUPS = 8;

    /// The most items that share a row.
    public static final int MOST_SLICES = 4;

    /// Sums of a group in local memory: for every slice, token and row.
    public static final int SUMS = 2560;

    /// The most tokens of a group.
    public static final int MOST_TOKENS = 8;

    /// For a processor of so many cores.
    public static GroupShape processor(int units) {
        return new GroupShape(1, 1, 64, PROCESSOR_GROUPS * units);
    }

    /// For a GPU of so many multiprocessors.
    public static GroupShape gpu(int units) {
        return new GroupShape(DeviceFormat.LANES, MOST_SLICES, DeviceFormat.LANES, GPU_GROUPS * units);
    }

    public GroupShape {
        if (busy < 1 || (lanes != 1 && lanes != DeviceFormat.LANES) || slices < 1 || slices > MOST_SLICES || rows < 1) {
            throw new IllegalArgumentException("%d x %d items and %d rows".formatted(lanes, slices, rows));
        }
    }

    /// Tokens that a group of up to `rows` rows computes together, which read the weights once: a power of two.
    int tokens(int rows) {
        int tiles = 1 + Math.ceilDiv(rows, DeviceFormat.LANES);
        int most = SUMS / (tiles * DeviceFormat.LANES * slices);
        return Math.min(MOST_TOKENS, Integer.highestOneBit(Math.max(1, most)));
    }
}
