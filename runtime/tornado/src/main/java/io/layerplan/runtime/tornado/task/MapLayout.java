package io.layerplan.runtime.tornado.task;

/// Which part of a task's work a workgroup does: the first integers of a task's table, [#SIZE] for each workgroup after
/// [#FIRST_GROUP] that hold for all.
public final class MapLayout {
    /// How many tokens a group computes together.
    public static final int TOKENS = 0;

    /// Where the first workgroup's integers are.
    public static final int FIRST_GROUP = 1;

    /// Where the job's record begins in the table.
    public static final int JOB = FIRST_GROUP;

    /// The first element of the result; for attention the query head times its
    /// spans plus the span, for embeddings the first 32 elements of a row.
    public static final int FIRST = FIRST_GROUP + 1;

    /// How many of them.
    public static final int COUNT = FIRST_GROUP + 2;

    public static final int SIZE = 3;

    private MapLayout() {}
}
