package io.layerplan.runtime.tornado.task;

/// An embedding job as integers. The table lies as in [TermLayout].
public final class EmbeddingLayout {
    /// 0 for a row for each token, 1 for a row for each output.
    public static final int ROWS = 0;

    public static final int Y = 1;
    public static final int STRIDE = 2;

    /// The offset of a constant.
    public static final int SCALE = 3;

    /// Elements of a row.
    public static final int WIDTH = 4;

    public static final int BLOCKS = 5;
    public static final int SCALES = 6;
    public static final int A = 7;
    public static final int D = 8;

    /// 1 at the place of the table's format, 0 at the others.
    public static final int FORMATS = 9;

    public static final int SIZE = FORMATS + FormatCodes.COUNT;

    private EmbeddingLayout() {}

    static int[] record(TaskJob.Embed job) {
        int[] record = new int[SIZE];
        DeviceMatrix table = job.table();
        record[ROWS] = TaskTable.outputs(job.store().rows().kind());
        record[Y] = job.store().rows().offset();
        record[STRIDE] = job.store().rows().stride();
        record[SCALE] = job.scale();
        record[WIDTH] = table.columns();
        record[BLOCKS] = table.format().blocks(table.columns());
        record[SCALES] = table.format().scaleWords(table.columns());
        record[A] = table.a();
        record[D] = table.d();
        record[FORMATS + table.format().code()] = 1;
        return record;
    }
}
