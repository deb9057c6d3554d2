package io.layerplan.runtime.tornado.task;

/// Which words of an array the work items of a plain read add up. A group has a piece of the array. In each of its
/// steps an item reads several words, the distance of a group's items apart: neighbours for the items of a GPU, and for
/// the one of a processor.
///
/// @param lanes  items of a group
/// @param groups that read the whole array once
/// @param steps  of an item
public record ReadLayout(int lanes, int groups, int steps) {
    /// Words of an item in a step: a vector, or loads that are under way together.
    public static final int WORDS = 16;

    private static final int GPU_LANES = 256;
    private static final int GPU_STEPS = 8;

    /// Tens of microseconds for an item, so that drivers find enough groups to share out among threads.
    private static final int PROCESSOR_STEPS = 4096;

    /// Sums of a group: of each word of a step.
    public static final int SUMS = WORDS * GPU_LANES;

    /// For about so many words, at most those of the largest array, on a device with such workgroups.
    public static ReadLayout of(long words, GroupShape shape) {
        boolean processor = shape.lanes() == 1;
        int lanes = processor ? 1 : GPU_LANES;
        int steps = processor ? PROCESSOR_STEPS : GPU_STEPS;
        return new ReadLayout(lanes, Math.toIntExact(Math.max(1, words / WORDS / lanes / steps)), steps);
    }

    /// Words of the array.
    public int words() {
        return Math.multiplyExact(groups, piece());
    }

    /// Words of a group.
    public int piece() {
        return lanes * steps * WORDS;
    }

    /// What an item's sum is if all words are 1.
    public int sumOfOnes() {
        return steps * WORDS;
    }
}
