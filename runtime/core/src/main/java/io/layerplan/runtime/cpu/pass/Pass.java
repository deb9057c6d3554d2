package io.layerplan.runtime.cpu.pass;

import org.jspecify.annotations.Nullable;

/// A batch on its way through the stages of a program. Every worker goes through all of them by itself and begins a
/// stage when the one before is done, so that nothing has to be handed out.
final class Pass {
    private final Batch batch;
    private final Stage[] stages;
    private final long firstStage;
    private final long unitsBefore;
    private volatile @Nullable Throwable failure;

    /// @param firstStage  the number of its first stage
    /// @param unitsBefore how many units there were in all passes before
    Pass(Batch batch, Stage[] stages, long firstStage, long unitsBefore) {
        this.batch = batch;
        this.stages = stages;
        this.firstStage = firstStage;
        this.unitsBefore = unitsBefore;
    }

    /// Takes part as worker number `index` until no unit of the last stage is left to take.
    ///
    /// @param listener hears of every stage when it is done
    void walk(
            Worker worker, int index, int workers, Claims claims, Waiting waiting, @Nullable LaunchListener listener) {
        long due = unitsBefore;
        for (int i = 0; i < stages.length; i++) {
            Stage stage = stages[i];
            long start = listener == null ? 0 : System.nanoTime();
            worker.begin(firstStage + i);
            for (int other = 0; other < workers; other++) {
                help((index + other) % workers, stage, firstStage + i, worker, index, claims);
            }
            due += stage.units();
            if (i < stages.length - 1 || index == 0) {
                waiting.until(claims, due);
            }
            if (listener != null) {
                listener.launched(stage.launch(), System.nanoTime() - start);
            }
        }
    }

    /// Runs units of `owner`'s share until none is left.
    private void help(int owner, Stage stage, long number, Worker worker, int index, Claims claims) {
        int from = claims.share(owner, stage.units());
        int to = claims.share(owner + 1, stage.units());
        int done = 0;
        for (int unit = claims.take(owner, number, from, to); unit >= 0; unit = claims.take(owner, number, from, to)) {
            int count = Claims.portion(to - unit);
            run(stage, unit, unit + count, worker);
            done += count;
        }
        if (done > 0) {
            claims.add(index, done);
        }
    }

    private void run(Stage stage, int from, int to, Worker worker) {
        if (failure != null) {
            return;
        }
        try {
            stage.run(batch, from, to, worker);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /// Throws what a unit threw.
    void check() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a kernel failed: " + thrown, thrown);
        }
    }
}
