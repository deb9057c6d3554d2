package io.layerplan.runtime.tornado.task;

/// Numbers of the formats of [DeviceFormat], for kernels: a place in a table, and the bit of a set.
public final class FormatCodes {
    public static final int F32 = 0;
    public static final int F16 = 1;
    public static final int BF16 = 2;
    public static final int Q8_0 = 3;
    public static final int Q4_0 = 4;
    public static final int Q4_1 = 5;
    public static final int Q5_0 = 6;
    public static final int Q5_1 = 7;
    public static final int Q4_K = 8;
    public static final int Q5_K = 9;
    public static final int Q6_K = 10;

    /// How many there are.
    public static final int COUNT = 11;

    private FormatCodes() {}
}
