package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.kernel.KeyValueBlocks;
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

    @Test
    void runsEveryUnitOfEveryJobOnce() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                for (int round = 0; round < 200; round++) {
                    List<Job> jobs = List.of(
                            new Units(new AtomicIntegerArray(1 + round % 5)),
                            new Units(new AtomicIntegerArray(0)),
                            new Units(new AtomicIntegerArray(round)));
                    pool.run(new BoundLaunch(List.of(), jobs).over(batch));
                    for (Job job : jobs) {
                        AtomicIntegerArray runs = ((Units) job).runs();
                        for (int i = 0; i < runs.length(); i++) {
                            assertThat(runs.get(i)).isEqualTo(1);
                        }
                    }
                }
                assertThat(pool.dispatches()).isEqualTo(200);
            }
        }
    }

    @Test
    void aLaunchWithoutUnitsIsNone() {
        try (WorkerPool pool = new WorkerPool(2)) {
            pool.run(new BoundLaunch(List.of(), List.of(new Units(new AtomicIntegerArray(0)))).over(batch));
            assertThat(pool.dispatches()).isZero();
        }
    }

    @Test
    void workersThatSleptWakeUp() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int round = 0; round < 20; round++) {
                Units units = new Units(new AtomicIntegerArray(50));
                pool.run(new BoundLaunch(List.of(), List.of(units)).over(batch));
                assertThat(units.runs().get(49)).isEqualTo(1);
                Thread.sleep(2);
            }
        }
    }

    @Test
    void throwsWhatAUnitThrewAndGoesOn() {
        for (int threads : new int[] {1, 3}) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                Dispatch failing = new BoundLaunch(List.of(), List.of(new Failing())).over(batch);
                assertThatThrownBy(() -> pool.run(failing))
                        .isInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("unit 7");
                Units units = new Units(new AtomicIntegerArray(50));
                pool.run(new BoundLaunch(List.of(), List.of(units)).over(batch));
                assertThat(units.runs().get(49)).isEqualTo(1);
            }
        }
    }
}
