package io.layerplan.runtime.tornado.task;

/// Which part of a task's work a workgroup does: the first integers of a task's table, [#SIZE] for each workgroup.
public final class MapLayout {
    /// Where the job's record begins in the table.
    public static final int JOB = 0;

    /// The first element of the result; for attention the query head.
    public static final int FIRST = 1;

    /// How many elements.
    public static final int COUNT = 2;

    public static final int SIZE = 3;

    private MapLayout() {}
}
