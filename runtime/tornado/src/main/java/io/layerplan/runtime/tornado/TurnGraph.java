package io.layerplan.runtime.tornado;

import io.layerplan.runtime.tornado.kernel.AttentionKernel;
import io.layerplan.runtime.tornado.kernel.EmbeddingKernel;
import io.layerplan.runtime.tornado.kernel.MergeKernel;
import io.layerplan.runtime.tornado.kernel.ProjectionKernel;
import io.layerplan.runtime.tornado.task.DeviceProgram;
import io.layerplan.runtime.tornado.task.DeviceTask.Kind;
import io.layerplan.runtime.tornado.task.GroupShape;
import io.layerplan.runtime.tornado.task.StateLayout;
import io.layerplan.runtime.tornado.task.TaskTable;
import io.layerplan.runtime.tornado.task.TurnPlan;
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
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The graph that TornadoVM compiles, and its executions. Everything that differs between turns and between batches is
/// in the state and in the grids: how many workgroups a task has is given anew each time.
final class TurnGraph implements AutoCloseable {
    private static final String NAME = "turn";

    /// Integers of a table of zeros, which gives the one workgroup of an idle slot nothing to do.
    private static final int IDLE = 128;

    private final TurnPlan plan;
    private final List<TurnPlan.Compiled> kernels;
    private final GroupShape shape;
    private final List<TaskTable.Encoded> encoded = new ArrayList<>();
    private final int[] places;
    private final IntArray state;
    private final DeviceArrays arrays;
    private final List<WorkerGrid> grids = new ArrayList<>();
    private final TornadoExecutionPlan execution;

    TurnGraph(DeviceProgram lowered, TurnPlan plan, GroupShape shape, DeviceArrays arrays, TornadoDevice device) {
        this.plan = plan;
        this.kernels = plan.kernels(lowered.tasks());
        this.shape = shape;
        this.arrays = arrays;
        this.places = new int[lowered.tasks().size()];
        IntArray tables = tables(lowered);
        this.state = new IntArray(ids() + lowered.extent().batch());
        state.init(0);
        TaskGraph graph = graph(tables);
        GridScheduler scheduler = new GridScheduler();
        for (int slot = 0; slot < plan.slots().size(); slot++) {
            WorkerGrid grid = new WorkerGrid2D(shape.lanes(), shape.slices());
            grid.setLocalWork(shape.lanes(), shape.slices(), 1);
            grids.add(grid);
            scheduler.addWorkerGrid(NAME + "." + name(slot), grid);
        }
        this.execution = new TornadoExecutionPlan(graph.snapshot());
        execution.withDevice(device);
        execution.withGridScheduler(scheduler);
    }

    private IntArray tables(DeviceProgram lowered) {
        int size = IDLE;
        for (int i = 0; i < places.length; i++) {
            TaskTable.Encoded table = TaskTable.encode(lowered.tasks().get(i), shape);
            places[i] = size;
            size = Math.addExact(size, table.size());
            encoded.add(table);
        }
        IntArray tables = new IntArray(size);
        tables.init(0);
        for (int i = 0; i < places.length; i++) {
            TaskTable.Encoded table = encoded.get(i);
            for (int j = 0; j < table.size(); j++) {
                tables.set(places[i] + j, table.get(j));
            }
        }
        return tables;
    }

    private TaskGraph graph(IntArray tables) {
        TaskGraph graph = new TaskGraph(NAME);
        graph.transferToDevice(
                DataTransferMode.FIRST_EXECUTION, tables, arrays.words, arrays.floats, arrays.buffers, arrays.cache);
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
                            tables,
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
                            tables,
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
                            tables,
                            arrays.floats,
                            arrays.buffers,
                            arrays.cache);
                case MERGE -> graph.task(name(slot), MergeKernel::merge, context, place, state, tables, arrays.buffers);
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
                state.set(StateLayout.TABLES + slot, task < 0 ? 0 : places[task]);
                resize(grids.get(slot), task, count, outputs);
                tasks += task < 0 || kernels.get(slot).kind() == Kind.MERGE ? 0 : 1;
            }
            result = execution.execute();
        }
        if (outputs > 0 && result != null) {
            result.transferToHost(arrays.logits);
        }
        return tasks;
    }

    /// As many workgroups as a task has for a batch; one for an idle slot.
    private void resize(WorkerGrid grid, int task, int count, int outputs) {
        long groups = 1;
        int parts = 1;
        if (task >= 0) {
            TaskTable.Encoded table = encoded.get(task);
            groups = table.groups();
            parts = Math.max(1, Math.ceilDiv(table.outputs() ? outputs : count, table.tokens()));
        }
        grid.setGlobalWork(groups * shape.lanes(), (long) parts * shape.slices(), 1);
    }

    @Override
    public void close() {
        try {
            execution.freeDeviceMemory();
            execution.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not free the device's memory", e);
        }
    }
}
