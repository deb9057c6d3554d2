package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// A plain read of memory: what no product that reads as many bytes can be faster than. Integers, since repacked
/// weights are loaded as such.
final class VectorRead {
    /// What is read of all streams in turn, and so of each the less, the more there are. With as much of each, eight
    /// streams a power of two apart were read half as fast: they share few sets of the caches.
    private static final int BLOCK = 4096;

    private VectorRead() {}

    /// As [io.layerplan.runtime.kernel.RowKernels#sum] says.
    static int sum(MemorySegment words, long from, long bytes, int streams) {
        long part = bytes / streams;
        int block = BLOCK / streams;
        int sum = 0;
        for (long at = from; at < from + part; at += block) {
            for (int stream = 0; stream < streams; stream++) {
                sum += sumOfBlock(words, at + stream * part, block);
            }
        }
        return sum;
    }

    /// Four sums, since one would wait for itself where caches hold the words.
    private static int sumOfBlock(MemorySegment words, long from, int bytes) {
        int step = Lanes.COUNT * Integer.BYTES;
        IntVector a = IntVector.zero(Lanes.INTS);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        for (int at = 0; at < bytes; at += 4 * step) {
            a = IntVector.fromMemorySegment(Lanes.INTS, words, from + at, Lanes.ORDER)
                    .add(a);
            b = IntVector.fromMemorySegment(Lanes.INTS, words, from + at + step, Lanes.ORDER)
                    .add(b);
            c = IntVector.fromMemorySegment(Lanes.INTS, words, from + at + 2L * step, Lanes.ORDER)
                    .add(c);
            d = IntVector.fromMemorySegment(Lanes.INTS, words, from + at + 3L * step, Lanes.ORDER)
                    .add(d);
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
