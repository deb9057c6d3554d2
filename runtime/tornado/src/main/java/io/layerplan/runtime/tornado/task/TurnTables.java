package io.layerplan.runtime.tornado.task;

import java.util.List;
import java.util.stream.IntStream;

/// The tables of all tasks, one after another, and how many workgroups a slot of a [TurnPlan] has in an execution: as
/// many as its task has work for, or, with fixed grids, always as many as any of its tasks may have. The rest of them
/// find nothing to do.
public final class TurnTables {
    private final GroupShape shape;
    private final boolean fixed;
    private final int batch;
    private final List<TaskTable.Encoded> tables;
    private final int[] places;
    private final int[] integers;
    private final List<Grid> largest;

    /// Workgroups of a launch: groups for all elements, times parts of the tokens.
    public record Grid(int groups, int parts) {
        private static final Grid IDLE = new Grid(1, 1);

        private Grid covering(Grid other) {
            return new Grid(Math.max(groups, other.groups), Math.max(parts, other.parts));
        }
    }

    /// @param fixed whether the grid of a slot is the same in every execution
    public TurnTables(DeviceProgram lowered, TurnPlan plan, GroupShape shape, boolean fixed) {
        this.shape = shape;
        this.fixed = fixed;
        this.batch = lowered.extent().batch();
        List<DeviceTask> tasks = lowered.tasks();
        List<TaskTable.Encoded> tight =
                tasks.stream().map(task -> TaskTable.encode(task, shape)).toList();
        this.largest = IntStream.range(0, plan.slots().size())
                .mapToObj(slot -> plan.turns().stream()
                        .map(turn -> turn.get(slot))
                        .map(task -> task < 0 ? Grid.IDLE : grid(tight.get(task), batch))
                        .reduce(Grid.IDLE, Grid::covering))
                .toList();
        this.tables = fixed ? withRoom(tasks, plan) : tight;
        this.places = new int[tasks.size()];
        int size = IntStream.range(0, largest.size())
                .map(slot -> MapLayout.FIRST_GROUP + largest.get(slot).groups() * MapLayout.SIZE)
                .reduce(TaskTable.IDLE, Math::max);
        for (int task = 0; task < places.length; task++) {
            places[task] = size;
            size = Math.addExact(size, tables.get(task).size());
        }
        this.integers = new int[size];
        for (int task = 0; task < places.length; task++) {
            for (int i = 0; i < tables.get(task).size(); i++) {
                integers[places[task] + i] = tables.get(task).get(i);
            }
        }
    }

    private List<TaskTable.Encoded> withRoom(List<DeviceTask> tasks, TurnPlan plan) {
        int[] room = new int[tasks.size()];
        for (List<Integer> turn : plan.turns()) {
            for (int slot = 0; slot < turn.size(); slot++) {
                if (turn.get(slot) >= 0) {
                    room[turn.get(slot)] = largest.get(slot).groups();
                }
            }
        }
        return IntStream.range(0, room.length)
                .mapToObj(task -> TaskTable.encode(tasks.get(task), shape, room[task]))
                .toList();
    }

    private static Grid grid(TaskTable.Encoded table, int rows) {
        return new Grid(table.groups(), Math.max(1, Math.ceilDiv(rows, table.tokens())));
    }

    /// How many integers there are.
    public int size() {
        return integers.length;
    }

    public int get(int index) {
        return integers[index];
    }

    /// Where the table of a task begins; that of an idle slot, -1, is all zeros, which is nothing to do.
    public int place(int task) {
        return task < 0 ? 0 : places[task];
    }

    /// The grid of a slot for a task, or for none, -1.
    ///
    /// @param count   tokens of the batch
    /// @param outputs how many of them have outputs
    public Grid grid(int slot, int task, int count, int outputs) {
        if (fixed) {
            return largest.get(slot);
        }
        if (task < 0) {
            return Grid.IDLE;
        }
        TaskTable.Encoded table = tables.get(task);
        return grid(table, table.outputs() ? outputs : count);
    }
}
