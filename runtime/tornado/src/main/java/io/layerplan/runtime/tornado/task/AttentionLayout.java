package io.layerplan.runtime.tornado.task;

/// An attention job as integers.
public final class AttentionLayout {
    /// 0 for a row for each token, 1 for a row for each output.
    public static final int ROWS = 0;

    public static final int Q = 1;
    public static final int Q_STRIDE = 2;

    /// 1 where the queries have a row for each token and the result one for each output.
    public static final int Q_SKIPS = 3;

    public static final int Y = 4;
    public static final int Y_STRIDE = 5;
    public static final int KEYS = 6;
    public static final int VALUES = 7;

    /// Elements from one position's keys to the next one's.
    public static final int WIDTH = 8;

    /// 0 for all positions.
    public static final int WINDOW = 9;

    /// Elements of a head.
    public static final int HEAD = 10;

    /// Query heads of a key/value head.
    public static final int SHARED = 11;

    /// The offset of a constant.
    public static final int SCALE = 12;

    /// Spans of the context, each of which is a workgroup for every head.
    public static final int SPANS = 13;

    /// Where the partial results begin in the buffers: for each token, head and span the largest score, the sum of
    /// weights, then the weighted values. One span leaves the result itself.
    public static final int PARTIALS = 14;

    /// Elements of the partial results of a token.
    public static final int PARTIALS_STRIDE = 15;

    public static final int SIZE = 16;

    /// Where in a partial result the weighted values begin.
    public static final int PARTIAL_VALUES = 2;

    private AttentionLayout() {}

    /// Elements of a partial result for heads of `size` elements.
    static int partial(int size) {
        return PARTIAL_VALUES + size;
    }

    static int[] record(TaskJob.Attend job) {
        int[] record = new int[SIZE];
        record[ROWS] = TaskTable.outputs(job.store().rows().kind());
        record[Q] = job.queries().offset();
        record[Q_STRIDE] = job.queries().stride();
        record[Q_SKIPS] = record[ROWS] - TaskTable.outputs(job.queries().kind());
        record[Y] = job.store().rows().offset();
        record[Y_STRIDE] = job.store().rows().stride();
        record[KEYS] = job.keys();
        record[VALUES] = job.values();
        record[WIDTH] = job.width();
        record[WINDOW] = job.window();
        record[HEAD] = job.heads().size();
        record[SHARED] = job.heads().queries() / job.heads().keyValues();
        record[SCALE] = job.scale();
        record[SPANS] = job.partials().spans();
        record[PARTIALS] = job.partials().offset();
        record[PARTIALS_STRIDE] = job.partials().stride(job.heads());
        return record;
    }
}
