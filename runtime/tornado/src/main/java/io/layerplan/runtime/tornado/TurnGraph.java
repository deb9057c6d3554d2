package io.layerplan.runtime.tornado;

import io.layerplan.runtime.tornado.kernel.AttentionKernel;
import io.layerplan.runtime.tornado.kernel.EmbeddingKernel;
import io.layerplan.runtime.tornado.kernel.MergeKernel;
import io.layerplan.runtime.tornado.kernel.ProjectionKernel;
import io.layerplan.runtime.tornado.task.DeviceProgram;
import io.layerplan.runtime.tornado.task.DeviceTask.Kind;
import io.layerplan.runtime.tornado.task.GroupShape;
import io.layerplan.runtime.tornado.task.StateLayout;
import io.layerplan.runtime.tornado.task.TurnPlan;
import io.layerplan.runtime.tornado.task.TurnTables;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The graph that TornadoVM compiles, and its executions. Everything that differs between turns and between batches is
/// in the state and in the grids: how many workgroups a task has is given anew each time.
final class TurnGraph implements AutoCloseable {
    private static final String NAME = "turn";

    private final TurnPlan plan;
    private final List<TurnPlan.Compiled> kernels;
    private final GroupShape shape;
    private final TurnTables tables;
    private final IntArray state;
    private final DeviceArrays arrays;
    private final List<WorkerGrid> grids = new ArrayList<>();
    private final TornadoDevice device;
    private final TornadoExecutionPlan execution;

    /// @param launching how executions are started
    TurnGraph(
            DeviceProgram lowered,
            TurnPlan plan,
            GroupShape shape,
            Launching launching,
            DeviceArrays arrays,
            TornadoDevice device) {
        this.plan = plan;
        this.kernels = plan.kernels(lowered.tasks());
        this.shape = shape;
        this.arrays = arrays;
        this.device = device;
        this.tables = new TurnTables(lowered, plan, shape, launching != Launching.SIZED);
        this.state = new IntArray(ids() + lowered.extent().batch());
        state.init(0);
        TaskGraph graph = graph();
        GridScheduler scheduler = new GridScheduler();
        for (int slot = 0; slot < plan.slots().size(); slot++) {
            WorkerGrid grid = new WorkerGrid2D(shape.lanes(), shape.slices());
            grid.setLocalWork(shape.lanes(), shape.slices(), 1);
            grids.add(grid);
            resize(slot, -1, 0, 0);
            scheduler.addWorkerGrid(NAME + "." + name(slot), grid);
        }
        this.execution = new TornadoExecutionPlan(graph.snapshot());
        execution.withDevice(device);
        execution.withGridScheduler(scheduler);
        if (launching == Launching.RECORDED) {
            recordExecutions();
        }
    }

    /// Has the first execution recorded. The API that the module is checked against where there is no TornadoVM does
    /// not have this method.
    private void recordExecutions() {
        try {
            TornadoExecutionPlan.class.getMethod("withCUDAGraph").invoke(execution);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of TornadoVM cannot record executions", e);
        }
    }

    private TaskGraph graph() {
        TaskGraph graph = new TaskGraph(NAME);
        IntArray integers = new IntArray(tables.size());
        for (int i = 0; i < tables.size(); i++) {
            integers.set(i, tables.get(i));
        }
        graph.transferToDevice(
                DataTransferMode.FIRST_EXECUTION, integers, arrays.words, arrays.floats, arrays.buffers, arrays.cache);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, state, arrays.angles);
        KernelContext context = new KernelContext();
        for (int slot = 0; slot < plan.slots().size(); slot++) {
            // Not folded into the kernel, so that equal kernels are equal to the driver too.
            IntArray place = IntArray.fromElements(StateLayout.TABLES + slot);
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, place);
            int formats = kernels.get(slot).formats();
            switch (kernels.get(slot).kind()) {
                case EMBED ->
                    graph.task(
                            name(slot),
                            EmbeddingKernel::embed,
                            context,
                            place,
                            state,
                            integers,
                            arrays.words,
                            arrays.floats,
                            arrays.buffers,
                            ids(),
                            formats);
                case PROJECT ->
                    graph.task(
                            name(slot),
                            ProjectionKernel::project,
                            context,
                            place,
                            state,
                            integers,
                            arrays.words,
                            arrays.floats,
                            arrays.buffers,
                            arrays.cache,
                            arrays.angles,
                            arrays.logits,
                            formats);
                case ATTEND ->
                    graph.task(
                            name(slot),
                            AttentionKernel::attend,
                            context,
                            place,
                            state,
                            integers,
                            arrays.floats,
                            arrays.buffers,
                            arrays.cache);
                case MERGE ->
                    graph.task(name(slot), MergeKernel::merge, context, place, state, integers, arrays.buffers);
            }
        }
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, arrays.logits);
        return graph;
    }

    private static String name(int slot) {
        return "task" + slot;
    }

    private int ids() {
        return StateLayout.TABLES + plan.slots().size();
    }

    /// Distinct kernels of the graph.
    int kernels() {
        return (int) kernels.stream().distinct().count();
    }

    /// Compiles all tasks, then runs each with nothing to do: some drivers finish their part only then.
    void compile() {
        execution.withPreCompilation();
        execution.execute();
    }

    /// Runs a forward pass over a batch, whose angles are in place.
    ///
    /// @return how many launches of the program were run
    int run(int[] tokens, int first, int count, int position, int outputs) {
        state.set(StateLayout.POSITION, position);
        state.set(StateLayout.TOKENS, count);
        state.set(StateLayout.TOKENS + 1, outputs);
        for (int i = 0; i < count; i++) {
            state.set(ids() + i, tokens[first + i]);
        }
        TornadoExecutionResult result = null;
        int tasks = 0;
        for (List<Integer> turn : plan.turns()) {
            for (int slot = 0; slot < turn.size(); slot++) {
                int task = turn.get(slot);
                state.set(StateLayout.TABLES + slot, tables.place(task));
                resize(slot, task, count, outputs);
                tasks += task < 0 || kernels.get(slot).kind() == Kind.MERGE ? 0 : 1;
            }
            result = execution.execute();
        }
        if (outputs > 0 && result != null) {
            result.transferToHost(arrays.logits);
        }
        return tasks;
    }

    private void resize(int slot, int task, int count, int outputs) {
        TurnTables.Grid grid = tables.grid(slot, task, count, outputs);
        grids.get(slot).setGlobalWork((long) grid.groups() * shape.lanes(), (long) grid.parts() * shape.slices(), 1);
    }

    @Override
    public void close() {
        PlanRelease.of(execution, device);
    }
}
