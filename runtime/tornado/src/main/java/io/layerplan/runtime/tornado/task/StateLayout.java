package io.layerplan.runtime.tornado.task;

/// What changes from execution to execution, sent as integers each time.
public final class StateLayout {
    /// The position of the batch's first token.
    public static final int POSITION = 0;

    /// How many tokens the batch has, and, in the integer after it, for how many of the last of them logits are wanted.
    public static final int TOKENS = 1;

    /// For each slot of the graph the place of its task's table from here on; the batch's token ids follow.
    public static final int TABLES = 3;

    private StateLayout() {}
}
