package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.tensor.ElementType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many groups of rows, far apart, a product of one token reads at a time. It is a matter of speed alone, and
/// processors differ: some read several streams of memory faster than one, others one faster than several, each by a
/// quarter and more. So the first large stretches of weights are read both ways in turn, and the faster one is kept.
/// Of times that other threads disturb, the medians are compared.
///
/// There is one for each format in a process, so that all executors read alike, and one can be compared with another.
/// Workers share it.
final class GroupsAtATime {
    /// Until there is a choice, and where no stretch is large enough to tell.
    static final int MANY = 8;

    static final int FEW = 1;

    /// Shorter stretches say more about the ends of loops than about memory.
    static final long LEAST_BYTES = 64 << 10;

    /// Stretches that are read each way before any counts: the JVM may be compiling their loop. It has, where it
    /// compiles kernels while the caller waits, as the launcher has it do; elsewhere the choice may be made on slow
    /// code.
    private static final int UNCOUNTED = 16;

    /// Stretches that count each way.
    private static final int COUNTED = 32;

    private static final int EACH = UNCOUNTED + COUNTED;

    private static final Map<ElementType, GroupsAtATime> OF_TYPES = new ConcurrentHashMap<>();

    private final double[] few = new double[EACH];
    private final double[] many = new double[EACH];
    private int fewTaken;
    private int manyTaken;
    private volatile int chosen;

    /// That of the matrices in a format.
    static GroupsAtATime of(ElementType type) {
        return OF_TYPES.computeIfAbsent(type, _ -> new GroupsAtATime());
    }

    /// Whether the faster way is known, or else times are wanted of every stretch of [#LEAST_BYTES] and more.
    boolean isChosen() {
        return chosen != 0;
    }

    /// How many groups go at a time in a stretch that is not timed.
    int usual() {
        int count = chosen;
        return count == 0 ? MANY : count;
    }

    /// How many groups go at a time in the next stretch that is timed.
    synchronized int next() {
        if (chosen != 0) {
            return chosen;
        }
        return fewTaken <= manyTaken ? FEW : MANY;
    }

    /// Notes how long a stretch took.
    ///
    /// @param count as [#next] said
    synchronized void took(int count, long bytes, long nanoseconds) {
        if (chosen != 0) {
            return;
        }
        double each = (double) nanoseconds / bytes;
        if (count == FEW && fewTaken < EACH) {
            few[fewTaken++] = each;
        } else if (count == MANY && manyTaken < EACH) {
            many[manyTaken++] = each;
        }
        if (fewTaken == EACH && manyTaken == EACH) {
            chosen = median(few) < median(many) ? FEW : MANY;
        }
    }

    private static double median(double[] times) {
        double[] counted = Arrays.copyOfRange(times, UNCOUNTED, EACH);
        Arrays.sort(counted);
        return counted[COUNTED / 2];
    }
}
