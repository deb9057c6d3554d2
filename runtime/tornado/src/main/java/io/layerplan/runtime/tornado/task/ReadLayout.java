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

    /// Sums of a group: of each word of a step.
    public static final int SUMS = WORDS * GPU_LANES;

    /// For about so many words, at most those of the largest array, on a device with such workgroups.
    public static ReadLayout of(long words, GroupShape shape) {
        if (shape.lanes() == 1) {
            int groups = shape.busy();
            return new ReadLayout(1, groups, atLeastOne(words / WORDS / groups));
        }
        return new ReadLayout(GPU_LANES, atLeastOne(words / WORDS / GPU_LANES / GPU_STEPS), GPU_STEPS);
    }

    private static int atLeastOne(long count) {
        return Math.toIntExact(Math.max(1, count));
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
