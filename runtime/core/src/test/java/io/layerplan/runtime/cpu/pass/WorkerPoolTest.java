package io.layerplan.runtime.cpu.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.cpu.job.BoundLaunch;
import io.layerplan.runtime.cpu.job.Job;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkerPoolTest {
    private final Batch batch = new Batch(new Buffers(List.of()), new KeyValueBlocks[0], new RopeAngles[0]);

    private record Units(AtomicIntegerArray runs) implements Job {
        @Override
        public int units(Batch batch) {
            return runs.length();
        }

        @Override
        public void run(Batch batch, int unit, Worker worker) {
            runs.getAndIncrement(unit);
        }
    }

    private static final class Failing implements Job {
        @Override
        public int units(Batch batch) {
            return 9;
        }

        @Override
        public void run(Batch batch, int unit, Worker worker) {
            if (unit == 7) {
                throw new IllegalArgumentException("unit 7");
            }
        }
    }

    private static BoundLaunch launch(List<Job> jobs) {
        return new BoundLaunch(0, List.of(), jobs);
    }

    private void run(WorkerPool pool, BoundLaunch... launches) {
        List<Stage> stages = new ArrayList<>();
        for (BoundLaunch launch : launches) {
            launch.addStages(batch, stages);
        }
        pool.run(batch, stages.toArray(Stage[]::new), null);
    }

    @Test
    void runsEveryUnitOfEveryJobOnce() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                for (int round = 0; round < 200; round++) {
                    List<Job> jobs = List.of(
                            new Units(new AtomicIntegerArray(1 + round % 5)),
                            new Units(new AtomicIntegerArray(0)),
                            new Units(new AtomicIntegerArray(round)));
                    run(pool, launch(jobs));
                    for (Job job : jobs) {
                        AtomicIntegerArray runs = ((Units) job).runs();
                        for (int i = 0; i < runs.length(); i++) {
                            assertThat(runs.get(i)).isEqualTo(1);
                        }
                    }
                }
                assertThat(pool.launches()).isEqualTo(200);
            }
        }
    }

    /// What a unit adds up is right only if every unit of the launch before is done and seen, and none of a later one.
    @Test
    void aLaunchBeginsWhenTheOneBeforeIsDone() {
        for (int threads : new int[] {2, 3, 8}) {
            int units = 11;
            int depth = 50;
            long[][] values = new long[depth][units];
            BoundLaunch[] launches = new BoundLaunch[depth];
            for (int i = 0; i < depth; i++) {
                launches[i] = launch(List.of(new Adding(i == 0 ? new long[] {1} : values[i - 1], values[i])));
            }
            try (WorkerPool pool = new WorkerPool(threads)) {
                for (int round = 0; round < 40; round++) {
                    for (long[] row : values) {
                        Arrays.fill(row, 0);
                    }
                    run(pool, launches);
                    long expected = 1;
                    for (long[] row : values) {
                        assertThat(row).containsOnly(expected % Adding.MODULUS);
                        expected = expected % Adding.MODULUS * units;
                    }
                }
            }
        }
    }

    /// Each unit's result is the sum of all that was computed before.
    private static final class Adding implements Job {
        static final long MODULUS = 1_000_003;

        private final long[] before;
        private final long[] result;

        Adding(long[] before, long[] result) {
            this.before = before;
            this.result = result;
        }

        @Override
        public int units(Batch batch) {
            return result.length;
        }

        @Override
        public void run(Batch batch, int unit, Worker worker) {
            result[unit] += Arrays.stream(before).sum() % MODULUS;
        }
    }

    @Test
    void aLaunchWithoutUnitsIsNone() {
        try (WorkerPool pool = new WorkerPool(2)) {
            run(pool, launch(List.of(new Units(new AtomicIntegerArray(0)))));
            assertThat(pool.launches()).isZero();
        }
    }

    @Test
    void workersThatSleptWakeUp() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int round = 0; round < 20; round++) {
                Units units = new Units(new AtomicIntegerArray(50));
                run(pool, launch(List.of(units)));
                assertThat(units.runs().get(49)).isEqualTo(1);
                Thread.sleep(2);
            }
        }
    }

    @Test
    void throwsWhatAUnitThrewAndGoesOn() {
        for (int threads : new int[] {1, 3}) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                Units never = new Units(new AtomicIntegerArray(5));
                assertThatThrownBy(() -> run(pool, launch(List.of(new Failing())), launch(List.of(never))))
                        .isInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("unit 7");
                assertThat(never.runs().get(0)).isZero();
                Units units = new Units(new AtomicIntegerArray(50));
                run(pool, launch(List.of(units)));
                assertThat(units.runs().get(49)).isEqualTo(1);
            }
        }
    }
}
