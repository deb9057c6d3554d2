package io.layerplan.runtime.cpu;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that stay for the life of an executor. Between launches they spin for a moment, since the next one
/// usually comes within microseconds, then sleep until it does. The calling thread is worker 0.
final class WorkerPool implements AutoCloseable {
    private static final long SPIN_NANOS = 50_000;

    private final Worker[] workers;
    private final Thread[] threads;
    private final boolean[] parked;
    private final AtomicReference<@Nullable Dispatch> current = new AtomicReference<>();
    private final long spinNanos;
    private volatile boolean closed;
    private long dispatches;

    WorkerPool(int size) {
        workers = new Worker[size];
        threads = new Thread[size];
        parked = new boolean[size];
        spinNanos = size <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
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

    /// Runs every unit of a dispatch and returns when all are done; one that has a single unit stays on this thread.
    void run(Dispatch dispatch) {
        if (dispatch.units() == 0) {
            return;
        }
        dispatches++;
        if (workers.length > 1 && dispatch.units() + dispatch.preparations() > 1) {
            current.set(dispatch);
            for (int i = 1; i < workers.length; i++) {
                if (isParked(i)) {
                    LockSupport.unpark(threads[i]);
                }
            }
        }
        dispatch.help(workers[0], workers.length);
        dispatch.await();
    }

    /// How many launches have run.
    long dispatches() {
        return dispatches;
    }

    int size() {
        return workers.length;
    }

    /// Bytes of the workers' scratch arrays.
    long bytes() {
        long bytes = 0;
        for (Worker worker : workers) {
            bytes += worker.bytes();
        }
        return bytes;
    }

    private void work(int index) {
        @Nullable Dispatch last = null;
        while (!closed) {
            Dispatch dispatch = next(index, last);
            if (dispatch != null) {
                dispatch.help(workers[index], workers.length);
                last = dispatch;
            }
        }
    }

    /// Waits for a dispatch other than `last`: null when the pool closes.
    private @Nullable Dispatch next(int index, @Nullable Dispatch last) {
        long start = System.nanoTime();
        while (!closed) {
            Dispatch dispatch = current.get();
            if (dispatch != last) {
                return dispatch;
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

    private static final java.lang.invoke.VarHandle PARKED =
            java.lang.invoke.MethodHandles.arrayElementVarHandle(boolean[].class);

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
