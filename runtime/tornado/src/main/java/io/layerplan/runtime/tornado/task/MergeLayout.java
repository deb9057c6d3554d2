package io.layerplan.runtime.tornado.task;

/// A job that adds up the spans of an attention, as integers.
public final class MergeLayout {
    /// 0 for a row for each token, 1 for a row for each output.
    public static final int ROWS = 0;

    /// Where the partial results begin in the buffers.
    public static final int PARTIALS = 1;

    /// Elements of the partial results of a token.
    public static final int STRIDE = 2;

    public static final int SPANS = 3;

    /// Elements of a head.
    public static final int HEAD = 4;

    public static final int Y = 5;
    public static final int Y_STRIDE = 6;

    public static final int SIZE = 7;

    private MergeLayout() {}

    static int[] record(TaskJob.Merge job) {
        int[] record = new int[SIZE];
        record[ROWS] = TaskTable.outputs(job.store().rows().kind());
        record[PARTIALS] = job.partials().offset();
        record[STRIDE] = job.partials().stride(job.heads());
        record[SPANS] = job.partials().spans();
        record[HEAD] = job.heads().size();
        record[Y] = job.store().rows().offset();
        record[Y_STRIDE] = job.store().rows().stride();
        return record;
    }
}
