package io.layerplan.runtime.tornado;

import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.tornado.kernel.ReadKernel;
import io.layerplan.runtime.tornado.task.ReadLayout;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Times a plain read of a device's memory.
final class MemoryRead implements AutoCloseable {
    private static final String GRAPH = "memory";
    private static final String TASK = "read";

    /// Of an execution, so that what it takes to start one does not count.
    private static final double LEAST_SECONDS = 0.05;

    private static final int MOST_SWEEPS = 1000;
    private static final int EXECUTIONS = 8;

    private final ReadLayout layout;
    private final IntArray sums;
    private final WorkerGrid grid;
    private final TornadoDevice device;
    private final TornadoExecutionPlan execution;

    private MemoryRead(Device on, long bytes) {
        this.layout = ReadLayout.of(bytes / Integer.BYTES, TornadoDevices.groups(on));
        this.sums = new IntArray(layout.lanes());
        this.device = TornadoDevices.device(on.number());
        this.grid = new WorkerGrid1D(layout.lanes());
        grid.setLocalWork(layout.lanes(), 1, 1);
        resize(1);
        IntArray words = new IntArray(layout.words());
        words.init(1);
        TaskGraph graph = new TaskGraph(GRAPH)
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, words)
                .task(
                        TASK,
                        ReadKernel::read,
                        new KernelContext(),
                        words,
                        sums,
                        layout.lanes(),
                        layout.groups(),
                        layout.piece())
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        this.execution = new TornadoExecutionPlan(graph.snapshot());
        execution.withDevice(device);
        execution.withGridScheduler(new GridScheduler(GRAPH + "." + TASK, grid));
    }

    /// The best of several executions.
    ///
    /// @param bytes of the array that is read again and again
    static double bytesPerSecond(Device device, long bytes) {
        try (MemoryRead read = new MemoryRead(device, bytes)) {
            return read.best();
        }
    }

    private double best() {
        seconds(1); // compiles, and copies the words
        int sweeps = Math.clamp((long) Math.ceil(LEAST_SECONDS / seconds(1)), 1, MOST_SWEEPS);
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < EXECUTIONS; i++) {
            best = Math.min(best, seconds(sweeps));
        }
        return (double) sweeps * layout.words() * Integer.BYTES / best;
    }

    /// Of an execution that reads the array so many times.
    private double seconds(int sweeps) {
        resize(sweeps);
        sums.init(0);
        long began = System.nanoTime();
        execution.execute();
        long took = System.nanoTime() - began;
        if (Arrays.stream(sums.toHeapArray()).anyMatch(sum -> sum != layout.sumOfOnes())) {
            throw new IllegalStateException("the device has not read its memory");
        }
        return took / 1e9;
    }

    private void resize(int sweeps) {
        grid.setGlobalWork((long) sweeps * layout.groups() * layout.lanes(), 1, 1);
    }

    @Override
    public void close() {
        PlanRelease.of(execution, device);
    }
}
