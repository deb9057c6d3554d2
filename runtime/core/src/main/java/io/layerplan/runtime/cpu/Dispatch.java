package io.layerplan.runtime.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One launch on its way through the workers: they claim units until none is left. Units that prepare inputs come
/// first, and no job's unit begins before all of them are done.
final class Dispatch {
    /// A worker claims this part of its even share of what is left: large portions at first, so that each reads long
    /// stretches of the weights, single units at the end, so that all end together.
    private static final int PORTIONS = 4;

    private final Batch batch;
    private final BoundInput[] inputs;
    private final int[] inputEnds;
    private final Job[] jobs;
    private final int[] jobEnds;
    private final AtomicInteger nextPreparation = new AtomicInteger();
    private final AtomicInteger preparationsDone = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    /// @param inputEnds for each input, how many units prepare it and those before it
    /// @param jobEnds   for each job, how many units it and those before it have
    Dispatch(Batch batch, BoundInput[] inputs, int[] inputEnds, Job[] jobs, int[] jobEnds) {
        this.batch = batch;
        this.inputs = inputs;
        this.inputEnds = inputEnds;
        this.jobs = jobs;
        this.jobEnds = jobEnds;
    }

    int preparations() {
        return inputEnds.length == 0 ? 0 : inputEnds[inputEnds.length - 1];
    }

    int units() {
        return jobEnds[jobEnds.length - 1];
    }

    /// Takes part until no unit is left to claim; `workers` take part in all.
    void help(Worker worker, int workers) {
        int preparations = preparations();
        for (int unit = nextPreparation.getAndIncrement();
                unit < preparations;
                unit = nextPreparation.getAndIncrement()) {
            prepare(unit, worker);
            preparationsDone.getAndIncrement();
        }
        Waiting.until(() -> preparationsDone.get() >= preparations);
        int units = units();
        int unit = next.get();
        while (unit < units) {
            int end = unit + Math.max(1, (units - unit) / (workers * PORTIONS));
            if (next.compareAndSet(unit, end)) {
                run(unit, end, worker);
                done.getAndAdd(end - unit);
            }
            unit = next.get();
        }
    }

    /// Waits until every unit is done, and throws what a unit threw.
    void await() {
        Waiting.until(() -> done.get() >= units());
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a kernel failed: " + thrown, thrown);
        }
    }

    private void prepare(int unit, Worker worker) {
        try {
            int input = 0;
            while (unit >= inputEnds[input]) {
                input++;
            }
            inputs[input].prepare(batch, unit - (input == 0 ? 0 : inputEnds[input - 1]), worker);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void run(int from, int to, Worker worker) {
        try {
            int job = 0;
            for (int unit = from; unit < to; unit++) {
                while (unit >= jobEnds[job]) {
                    job++;
                }
                jobs[job].run(batch, unit - (job == 0 ? 0 : jobEnds[job - 1]), worker);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}
