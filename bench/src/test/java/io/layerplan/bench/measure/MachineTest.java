package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTest {
    @Test
    void isBusyWhereOthersWantMostOfItsProcessors() {
        assertThat(machine(8, 6.5).isBusy()).isTrue();
        assertThat(machine(8, 5.5).isBusy()).isFalse();
        assertThat(machine(8, -1).isBusy()).as("where nobody knows").isFalse();
    }

    private static Machine machine(int processors, double load) {
        return new Machine("cpu", processors, 0, load, "system", "java");
    }
}
