package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tornado.Programs;
import io.layerplan.runtime.tornado.task.DeviceTask.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TaskLoweringTest {
    private static final int BATCH = 4;
    private static final Extent EXTENT = Extent.of(Programs.CONTEXT, BATCH);
    private static final GroupShape GPU = GroupShape.gpu(16);
    private static final Capabilities OPENCL = Capabilities.of("OPENCL", 48 << 10);

    /// The first line of an input is a model, `fused` or `unfused`, and perhaps a context; the rest is a plan.
    @TestFactory
    Stream<DynamicTest> lowersToTheTasksExpected() {
        return GoldenFiles.tests("tasks", ".plan", 5, golden -> {
            List<String> lines = golden.text().lines().toList();
            List<String> head =
                    List.of(lines.getFirst().replace("#", "").strip().split(" "));
            String plan = String.join("\n", lines.subList(1, lines.size()));
            Program program = program(head.getFirst(), plan, head.get(1).equals("fused"));
            Extent extent = head.size() < 3 ? EXTENT : Extent.of(Integer.parseInt(head.get(2)), BATCH);
            return DeviceProgramPrinter.print(TaskLowering.lower(program, extent, OPENCL, GPU), GPU);
        });
    }

    private static Program program(String model, String plan, boolean fused) {
        return Programs.of(Fixture.of(model), plan, fused, NumericMode.F32);
    }

    @Test
    void aLaunchIsOneTask() {
        for (Fixture fixture : Fixture.all()) {
            for (Fixture.Case each : fixture.cases()) {
                Program program = Programs.of(fixture, each.plan(), true, NumericMode.F32);
                List<DeviceTask> tasks =
                        TaskLowering.lower(program, EXTENT, OPENCL, GPU).tasks();
                assertThat(tasks).as(each.plan()).hasSameSizeAs(program.launches());
            }
        }
    }

    @Test
    void anAttentionIsCutIntoSpansWhereItsHeadsLeaveADeviceIdle() {
        Program program = program("llama", "run 0", true);
        Extent wide = Extent.of(1000, BATCH);
        assertThat(spans(program, wide, new GroupShape(16, 4, 16, 4))).isEqualTo(1);
        assertThat(spans(program, wide, new GroupShape(16, 4, 16, 12))).isEqualTo(3);
        assertThat(spans(program, wide, GroupShape.gpu(100))).isEqualTo(8);
        assertThat(spans(program, EXTENT, GroupShape.gpu(100))).isEqualTo(1);
    }

    /// Spans of the only attention of a program with 4 query heads.
    private static int spans(Program program, Extent extent, GroupShape shape) {
        return TaskLowering.lower(program, extent, OPENCL, shape).tasks().stream()
                .flatMap(task -> task.jobs().stream())
                .filter(TaskJob.Attend.class::isInstance)
                .mapToInt(job -> ((TaskJob.Attend) job).partials().spans())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyElementOfAResultIsComputedByOneWorkgroup() {
        Program program = program("qwen3", "run 0; par 1..2 avg", true);
        for (DeviceTask task : TaskLowering.lower(program, EXTENT, OPENCL, GPU).tasks()) {
            TaskTable.Encoded table = TaskTable.encode(task, GPU);
            int elements = 0;
            for (int group = 0; group < table.groups(); group++) {
                elements += table.get(group * MapLayout.SIZE + MapLayout.COUNT);
            }
            if (task.kind() == Kind.PROJECT) {
                assertThat(elements)
                        .isEqualTo(task.jobs().stream()
                                .mapToInt(job -> job.store().rows().width())
                                .sum());
            }
        }
    }

    @Test
    void refusesANumericModeWithoutKernels() {
        Program program = Programs.of(Fixture.of("llama"), "run all", true, NumericMode.Q8);
        assertThatThrownBy(() -> TaskLowering.lower(program, EXTENT, OPENCL, GPU))
                .isInstanceOf(InputException.class)
                .hasMessage("the backend `tornado` (OpenCL) has no kernels for the numeric mode `q8`");
    }

    @Test
    void refusesAnArrayThatWouldBeTooLong() {
        Program program = program("llama", "run all", true);
        assertThatThrownBy(() -> TaskLowering.lower(program, Extent.of(Integer.MAX_VALUE / 64, 1), OPENCL, GPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the most of one array on a device");
    }

    @Test
    void refusesADeviceWithTooLittleLocalMemory() {
        Program program = program("llama", "run all", true);
        assertThatThrownBy(() -> TaskLowering.lower(program, EXTENT, Capabilities.of("OPENCL", 32 << 10), GPU))
                .isInstanceOf(InputException.class)
                .hasMessage("a workgroup of the device has 32 kB of local memory, and the kernels take 45 kB");
    }
}
