package io.layerplan.runtime.generate;

/// All logits of a step, handed out from the best on. What is not asked for is not sorted: a heap of them all is made
/// in linear time, and each one taken from it takes logarithmic time. The memory is kept for the next step.
final class BestFirst {
    private long[] heap = {};
    private int size;

    /// Begins a step.
    void begin(float[] logits) {
        size = logits.length;
        if (heap.length < size) {
            heap = new long[size];
        }
        for (int id = 0; id < size; id++) {
            heap[id] = TopLogits.key(logits[id], id);
        }
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at);
        }
    }

    /// The id of the highest logit left, of equal ones the lowest id.
    int next() {
        long best = heap[0];
        heap[0] = heap[--size];
        sink(0);
        return TopLogits.id(best);
    }

    private void sink(int from) {
        long key = heap[from];
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (key >= heap[child]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
}
