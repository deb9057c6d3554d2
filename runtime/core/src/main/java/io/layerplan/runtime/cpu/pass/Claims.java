package io.layerplan.runtime.cpu.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Which units are taken and how many are done. Every worker has an even share of a stage's units, takes them from a
/// place of its own, and helps others when it has none left; so processors seldom write to the same line of a cache,
/// which costs as much as the arithmetic of a small unit. A stage is over when as many units are done as there are,
/// whoever did them: nobody waits for a worker that sleeps.
final class Claims {
    /// Bits of a claim that count units; those above are the stage's number. So a worker that was held up for
    /// whole stages cannot take a unit of a later one for its own.
    private static final int UNIT_BITS = 24;

    static final int MOST_UNITS = (1 << UNIT_BITS) - 1;

    /// A worker takes this part of what is left of a share: large portions at first, so that it reads long stretches of
    /// the weights, single units at the end, so that all end together.
    private static final int PORTIONS = 4;

    /// Longs from one worker's place to the next: two lines of a cache, since processors fetch them in pairs.
    private static final int STRIDE = 16;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private final int workers;
    /// For each worker the claim on its share, and how many units it has done since there are claims.
    private final long[] words;

    Claims(int workers) {
        this.workers = workers;
        this.words = new long[(workers + 1) * STRIDE];
    }

    private static int claim(int worker) {
        return (worker + 1) * STRIDE;
    }

    private static int done(int worker) {
        return claim(worker) + 1;
    }

    /// The first unit of a worker's share of `units`, which ends where the next one's begins.
    int share(int worker, int units) {
        return Math.toIntExact(((long) units * worker + workers - 1) / workers);
    }

    /// Takes units of `owner`'s share, from the result on as many as [#portion] says: -1 if none is left.
    ///
    /// @param stage the stage's number, greater than that of any stage before
    /// @param from  where the share begins
    /// @param to    where it ends
    int take(int owner, long stage, int from, int to) {
        int at = claim(owner);
        while (true) {
            long word = (long) WORDS.getAcquire(words, at);
            long current = word >>> UNIT_BITS;
            int first = from + (current == stage ? (int) word & MOST_UNITS : 0);
            if (current > stage || first >= to) {
                return -1;
            }
            long taken = stage << UNIT_BITS | (first - from + portion(to - first));
            if (WORDS.compareAndSet(words, at, word, taken)) {
                return first;
            }
        }
    }

    /// How many units are taken at a time from the end of a share where `left` are left.
    static int portion(int left) {
        return Math.max(1, left / PORTIONS);
    }

    /// Notes that `worker` has done more units.
    void add(int worker, int units) {
        int at = done(worker);
        WORDS.setRelease(words, at, words[at] + units);
    }

    /// How many units are done, of all stages.
    long done() {
        long sum = 0;
        for (int worker = 0; worker < workers; worker++) {
            sum += (long) WORDS.getAcquire(words, done(worker));
        }
        return sum;
    }
}
