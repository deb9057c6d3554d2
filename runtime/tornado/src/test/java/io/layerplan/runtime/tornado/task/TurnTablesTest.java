package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tornado.Programs;
import io.layerplan.runtime.tornado.task.TurnTables.Grid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnTablesTest {
    private static final int BATCH = 4;
    private static final GroupShape GPU = GroupShape.gpu(16);

    private final DeviceProgram lowered = TaskLowering.lower(
            Programs.of(Fixture.of("qwen3"), "run 0; par 1..2 avg", true, NumericMode.F32),
            Extent.of(Programs.CONTEXT, BATCH),
            Capabilities.of("OPENCL", 48 << 10),
            GPU);
    private final TurnPlan plan = TurnPlan.of(lowered.tasks());

    @Test
    void gridsAreAsLargeAsTheWork() {
        TurnTables tables = new TurnTables(lowered, plan, GPU, false);
        for (List<Integer> turn : plan.turns()) {
            for (int slot = 0; slot < turn.size(); slot++) {
                int task = turn.get(slot);
                if (task < 0) {
                    assertThat(tables.grid(slot, task, 1, 1)).isEqualTo(new Grid(1, 1));
                } else {
                    TaskTable.Encoded table = TaskTable.encode(lowered.tasks().get(task), GPU);
                    assertThat(tables.grid(slot, task, 1, 1)).isEqualTo(new Grid(table.groups(), 1));
                    assertThat(tables.grid(slot, task, BATCH, BATCH).parts())
                            .isEqualTo(Math.ceilDiv(BATCH, table.tokens()));
                }
            }
        }
    }

    @Test
    void fixedGridsAreTheSameInEveryExecutionAndLargeEnough() {
        TurnTables sized = new TurnTables(lowered, plan, GPU, false);
        TurnTables fixed = new TurnTables(lowered, plan, GPU, true);
        for (int slot = 0; slot < plan.slots().size(); slot++) {
            Set<Grid> grids = new HashSet<>();
            for (List<Integer> turn : plan.turns()) {
                int task = turn.get(slot);
                for (int count = 1; count <= BATCH; count++) {
                    Grid grid = fixed.grid(slot, task, count, 1);
                    Grid needed = sized.grid(slot, task, count, 1);
                    assertThat(grid.groups()).isGreaterThanOrEqualTo(needed.groups());
                    assertThat(grid.parts()).isGreaterThanOrEqualTo(needed.parts());
                    grids.add(grid);
                }
            }
            assertThat(grids).hasSize(1);
        }
    }

    /// Workgroups beyond a task's own have no elements, and a job of zeros.
    @Test
    void workgroupsThatAreLeftOverHaveNothingToDo() {
        TurnTables fixed = new TurnTables(lowered, plan, GPU, true);
        int leftOver = 0;
        for (List<Integer> turn : plan.turns()) {
            for (int slot = 0; slot < turn.size(); slot++) {
                int task = turn.get(slot);
                int own = task < 0
                        ? 0
                        : TaskTable.encode(lowered.tasks().get(task), GPU).groups();
                int place = fixed.place(task);
                for (int group = own; group < fixed.grid(slot, task, 1, 1).groups(); group++) {
                    int entry = place + group * MapLayout.SIZE;
                    assertThat(fixed.get(entry + MapLayout.COUNT)).isZero();
                    int job = place + fixed.get(entry + MapLayout.JOB);
                    for (int i = 0; i < JobLayout.SIZE; i++) {
                        assertThat(fixed.get(job + i)).isZero();
                    }
                    leftOver++;
                }
            }
        }
        assertThat(leftOver).isPositive();
    }
}
