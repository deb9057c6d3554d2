package io.layerplan.runtime.cpu.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that stay for the life of an executor. Between passes they spin for a moment, since the next one
/// usually comes soon, then sleep until it does. The calling thread is worker 0.
public final class WorkerPool implements AutoCloseable {
    private static final long SPIN_NANOS = 50_000;

    private static final VarHandle PARKED = MethodHandles.arrayElementVarHandle(boolean[].class);

    private final Worker[] workers;
    private final Thread[] threads;
    private final boolean[] parked;
    private final Claims claims;
    private final Waiting waiting;
    private final AtomicReference<@Nullable Pass> current = new AtomicReference<>();
    private final long spinNanos;
    private volatile boolean closed;
    private long stages;
    private long units;
    private long launches;

    public WorkerPool(int size) {
        workers = new Worker[size];
        threads = new Thread[size];
        parked = new boolean[size];
        claims = new Claims(size);
        boolean haveProcessors = size <= Runtime.getRuntime().availableProcessors();
        spinNanos = haveProcessors ? SPIN_NANOS : 0;
        waiting = new Waiting(haveProcessors);
        for (int i = 0; i < size; i++) {
            int index = i;
            workers[i] = new Worker();
            threads[i] =
                    Thread.ofPlatform().daemon().name("layerplan-worker-" + i).unstarted(() -> work(index));
        }
        for (int i = 1; i < size; i++) {
            threads[i].start();
        }
    }

    /// Takes a batch through stages, and returns when all are done.
    ///
    /// @param listener hears of every stage; null where nobody listens
    public void run(Batch batch, Stage[] through, @Nullable LaunchListener listener) {
        // Numbers begin at 1, so that no claim is one on stage 0.
        Pass pass = new Pass(batch, through, stages + 1, units);
        stages += through.length;
        for (Stage stage : through) {
            units += stage.units();
            launches += stage.isPreparation() ? 0 : 1;
        }
        current.set(pass);
        for (int i = 1; i < workers.length; i++) {
            if (isParked(i)) {
                LockSupport.unpark(threads[i]);
            }
        }
        pass.walk(workers[0], 0, workers.length, claims, waiting, listener);
        pass.check();
    }

    /// How many launches have run.
    public long launches() {
        return launches;
    }

    public int size() {
        return workers.length;
    }

    /// Bytes of the workers' scratch arrays.
    public long bytes() {
        long bytes = 0;
        for (Worker worker : workers) {
            bytes += worker.bytes();
        }
        return bytes;
    }

    private void work(int index) {
        @Nullable Pass last = null;
        while (!closed) {
            Pass pass = next(index, last);
            if (pass != null) {
                pass.walk(workers[index], index, workers.length, claims, waiting, null);
                last = pass;
            }
        }
    }

    /// Waits for a pass other than `last`: null when the pool closes.
    private @Nullable Pass next(int index, @Nullable Pass last) {
        long start = System.nanoTime();
        while (!closed) {
            Pass pass = current.get();
            if (pass != last) {
                return pass;
            }
            if (System.nanoTime() - start < spinNanos) {
                Thread.onSpinWait();
                continue;
            }
            setParked(index, true);
            if (current.get() == last && !closed) {
                LockSupport.park(this);
            }
            setParked(index, false);
        }
        return null;
    }

    private boolean isParked(int index) {
        return (boolean) PARKED.getVolatile(parked, index);
    }

    private void setParked(int index, boolean value) {
        PARKED.setVolatile(parked, index, value);
    }

    @Override
    public void close() {
        closed = true;
        for (int i = 1; i < threads.length; i++) {
            LockSupport.unpark(threads[i]);
        }
    }
}
