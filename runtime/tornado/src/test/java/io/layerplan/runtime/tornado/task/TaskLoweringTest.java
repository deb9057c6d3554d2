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
    private static final Extent EXTENT = Extent.of(Programs.CONTEXT, 4);

    /// The first line of an input is a model and `fused` or `unfused`, the rest is a plan.
    @TestFactory
    Stream<DynamicTest> lowersToTheTasksExpected() {
        return GoldenFiles.tests("tasks", ".plan", 4, golden -> {
            List<String> lines = golden.text().lines().toList();
            String head = lines.getFirst().replace("#", "").strip();
            String model = head.substring(0, head.indexOf(' '));
            String plan = String.join("\n", lines.subList(1, lines.size()));
            Program program = program(model, plan, head.endsWith(" fused"));
            return DeviceProgramPrinter.print(TaskLowering.lower(program, EXTENT, Capabilities.OPENCL), GroupShape.GPU);
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
                        TaskLowering.lower(program, EXTENT, Capabilities.OPENCL).tasks();
                assertThat(tasks).as(each.plan()).hasSameSizeAs(program.launches());
            }
        }
    }

    @Test
    void everyElementOfAResultIsComputedByOneWorkgroup() {
        Program program = program("qwen3", "run 0; par 1..2 avg", true);
        for (DeviceTask task :
                TaskLowering.lower(program, EXTENT, Capabilities.OPENCL).tasks()) {
            TaskTable.Encoded table = TaskTable.encode(task, GroupShape.GPU);
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
        assertThatThrownBy(() -> TaskLowering.lower(program, EXTENT, Capabilities.OPENCL))
                .isInstanceOf(InputException.class)
                .hasMessage("the backend `tornado` (OpenCL) has no kernels for the numeric mode `q8`");
    }

    @Test
    void refusesAnArrayThatWouldBeTooLong() {
        Program program = program("llama", "run all", true);
        assertThatThrownBy(() -> TaskLowering.lower(program, Extent.of(Integer.MAX_VALUE / 64, 1), Capabilities.OPENCL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the most of one array on a device");
    }

    @Test
    void refusesABackendThatIsNotKnown() {
        assertThatThrownBy(() -> Capabilities.of("VULKAN"))
                .isInstanceOf(InputException.class)
                .hasMessage("TornadoVM's backend `vulkan` is not known");
    }
}
