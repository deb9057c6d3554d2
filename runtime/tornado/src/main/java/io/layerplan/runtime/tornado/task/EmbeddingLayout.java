package io.layerplan.runtime.tornado.task;

/// An embedding job as integers. The table's planes and units are as in [TermLayout].
public final class EmbeddingLayout {
    /// Units of a row that a workgroup decodes.
    public static final int GROUP_UNITS = 128;

    /// 0 for a row for each token, 1 for a row for each output.
    public static final int ROWS = 0;

    public static final int Y = 1;
    public static final int STRIDE = 2;

    /// The offset of a constant.
    public static final int SCALE = 3;

    public static final int UNITS = 4;
    public static final int BLOCKS = 5;
    public static final int A = 6;
    public static final int B = 7;
    public static final int C = 8;
    public static final int D = 9;

    /// 1 at the place of the table's format, 0 at the others, in the order of [TermLayout].
    public static final int FORMATS = 10;

    public static final int SIZE = FORMATS + 7;

    private EmbeddingLayout() {}

    static int[] record(TaskJob.Embed job) {
        int[] record = new int[SIZE];
        DeviceMatrix table = job.table();
        record[ROWS] = TaskTable.outputs(job.store().rows().kind());
        record[Y] = job.store().rows().offset();
        record[STRIDE] = job.store().rows().stride();
        record[SCALE] = job.scale();
        record[UNITS] = table.format().units(table.columns());
        record[BLOCKS] = table.format().blocks(table.columns());
        record[A] = table.a();
        record[B] = table.b();
        record[C] = table.c();
        record[D] = table.d();
        record[FORMATS + table.format().place() - TermLayout.F32] = 1;
        return record;
    }
}
