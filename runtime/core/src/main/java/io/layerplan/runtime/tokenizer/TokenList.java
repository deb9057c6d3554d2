package io.layerplan.runtime.tokenizer;

import java.util.Arrays;

/// Token ids, growing.
final class TokenList {
    private int[] ids = new int[64];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size] = id;
        size++;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
