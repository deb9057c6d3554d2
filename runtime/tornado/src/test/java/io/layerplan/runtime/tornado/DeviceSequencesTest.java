package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keys and values stay on the device and are those of the processor, whatever the batches were.
@Tag("device")
class DeviceSequencesTest {
    private static final Fixture FIXTURE = Fixture.of("gemma3");

    @Test
    void prefillAndDecodeTakeTurnsAsOnTheProcessor() {
        Devices.require();
        prefillAndDecode();
    }

    /// What recorded graphs need; recording itself takes CUDA or PTX.
    @Test
    void soTheyDoWithAsManyWorkgroupsInEveryExecution() {
        Devices.require();
        for (String groups : new String[] {"processor", "gpu"}) {
            try (var _ = Devices.fixedGrids();
                    var _ = Devices.groups(groups)) {
                prefillAndDecode();
            }
        }
    }

    @Test
    void recordsNoGraphWhereTheDeviceCannot() {
        Devices.require();
        System.setProperty("layerplan.tornado.grids", "recorded");
        try {
            assumeThat(new TornadoBackend().devices().getFirst().driver()).isEqualTo("OpenCL");
            assertThatThrownBy(() -> Devices.open(program(), FIXTURE.model()::weight, 4, 4))
                    .isInstanceOf(InputException.class)
                    .hasMessage("TornadoVM's backend `OpenCL` has no recorded graphs");
        } finally {
            System.clearProperty("layerplan.tornado.grids");
        }
    }

    private static void prefillAndDecode() {
        Program program = program();
        try (Executor device = Devices.open(program, FIXTURE.model()::weight, Programs.CONTEXT, 8);
                Executor cpu = cpu(program)) {
            for (int count : new int[] {11, 1, 1, 9, 1, 16, 1}) {
                int[] tokens = tokens(count, program.vocabulary());
                assertThat(device.forward(tokens, 1))
                        .as("%d tokens after %d", count, cpu.length())
                        .containsExactly(cpu.forward(tokens, 1), within(4e-4f));
            }
            assertThat(device.figures().launches())
                    .isGreaterThan(program.launches().size());
        }
    }

    @Test
    void aShorterSequenceGoesOnFromThere() {
        Devices.require();
        Program program = program();
        try (Executor device = Devices.open(program, FIXTURE.model()::weight, Programs.CONTEXT, 8);
                Executor cpu = cpu(program)) {
            int[] tokens = tokens(12, program.vocabulary());
            assertThat(device.forward(tokens, 0)).isEmpty();
            device.truncate(5);
            cpu.forward(tokens, 0);
            cpu.truncate(5);
            assertThat(device.forward(new int[] {1}, 1)).containsExactly(cpu.forward(new int[] {1}, 1), within(4e-4f));
            assertThat(device.length()).isEqualTo(6);
        }
    }

    @Test
    void logitsGoIntoTheSpareArrayWhereItFits() {
        Devices.require();
        Program program = program();
        try (Executor device = Devices.open(program, FIXTURE.model()::weight, Programs.CONTEXT, 8)) {
            int[] tokens = tokens(9, program.vocabulary());
            device.forward(tokens, 0);
            float[] expected = device.forward(new int[] {1}, 1);
            float[] spare = new float[program.vocabulary()];
            Arrays.fill(spare, 5f);

            device.truncate(9);
            assertThat(device.next(1, spare)).isSameAs(spare).containsExactly(expected);
            device.truncate(9);
            assertThat(device.next(1, new float[3])).containsExactly(expected);
            assertThat(device.length()).isEqualTo(10);
        }
    }

    @Test
    void goesOnWhenAnotherOnTheSameDeviceEnds() {
        Devices.require();
        Program program = program();
        Executor other = Devices.open(program, FIXTURE.model()::weight, Programs.CONTEXT, 8);
        try (Executor device = Devices.open(program, FIXTURE.model()::weight, Programs.CONTEXT, 8);
                Executor cpu = cpu(program)) {
            int[] tokens = tokens(9, program.vocabulary());
            other.forward(tokens, 1);
            device.forward(tokens, 1);
            cpu.forward(tokens, 1);
            other.close();
            assertThat(device.forward(new int[] {1}, 1)).containsExactly(cpu.forward(new int[] {1}, 1), within(4e-4f));
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        Devices.require();
        Program program = program();
        try (Executor device = Devices.open(program, FIXTURE.model()::weight, 4, 4)) {
            assertThatThrownBy(() -> device.forward(new int[] {program.vocabulary()}, 1))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> device.next(-1, new float[program.vocabulary()]))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> device.forward(new int[] {1, 1, 1, 1, 1}, 1))
                    .isInstanceOf(InputException.class)
                    .hasMessage("5 tokens after 0 do not fit into a context of 4");
        }
    }

    private static Program program() {
        return Programs.of(FIXTURE, "run all", true, NumericMode.F32);
    }

    private static Executor cpu(Program program) {
        return new CpuExecutor(program, FIXTURE.model()::weight, new CpuOptions(1, Programs.CONTEXT, 16));
    }

    private static int[] tokens(int count, int vocabulary) {
        return new Random(count).ints(count, 0, vocabulary).toArray();
    }
}
