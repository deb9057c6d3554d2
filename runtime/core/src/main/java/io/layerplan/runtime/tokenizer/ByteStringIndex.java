package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.gguf.Utf8Strings;
import java.util.Arrays;

/// From byte strings to their numbers: open addressing with linear probing over FNV-1a hashes, at most half full. It
/// keeps nothing but numbers, so a vocabulary of 262,144 tokens is indexed in some ten milliseconds.
final class ByteStringIndex {
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private final Utf8Strings strings;
    /// The string's hash in the high half, its number plus one in the low half; 0 is free. With the hash at hand,
    /// strings are compared only where they are almost certainly equal.
    private final long[] slots;

    private final int longest;
    private final int duplicate;

    /// Indexes the strings that are not empty; of equal ones, the first.
    ByteStringIndex(Utf8Strings strings) {
        this.strings = strings;
        this.slots = new long[Integer.highestOneBit(Math.max(2, strings.size())) << 2];
        int longestSoFar = 0;
        int firstDuplicate = -1;
        for (int i = 0; i < strings.size(); i++) {
            int length = strings.end(i) - strings.start(i);
            longestSoFar = Math.max(longestSoFar, length);
            if (length > 0 && !insert(i) && firstDuplicate < 0) {
                firstDuplicate = i;
            }
        }
        this.longest = longestSoFar;
        this.duplicate = firstDuplicate;
    }

    /// The first string that equals one before it, or -1.
    int duplicate() {
        return duplicate;
    }

    /// The number of `text[from .. to - 1]`, or -1.
    int find(byte[] text, int from, int to) {
        if (to - from > longest) {
            return -1;
        }
        int hash = hash(FNV_OFFSET, text, from, to);
        int slot = first(hash);
        while (slots[slot] != 0) {
            if (hash == (int) (slots[slot] >> Integer.SIZE)) {
                int number = (int) slots[slot] - 1;
                if (Arrays.equals(strings.bytes(), strings.start(number), strings.end(number), text, from, to)) {
                    return number;
                }
            }
            slot = after(slot);
        }
        return -1;
    }

    /// The number of the string "left right", left being `text[from .. middle - 1]` and right `text[middle .. to - 1]`,
    /// or -1.
    int findPair(byte[] text, int from, int middle, int to) {
        if (to - from + 1 > longest) {
            return -1;
        }
        int left = hash(FNV_OFFSET, text, from, middle);
        int hash = hash((left ^ ' ') * FNV_PRIME, text, middle, to);
        int slot = first(hash);
        while (slots[slot] != 0) {
            if (hash == (int) (slots[slot] >> Integer.SIZE)) {
                int number = (int) slots[slot] - 1;
                if (isPair(number, text, from, middle, to)) {
                    return number;
                }
            }
            slot = after(slot);
        }
        return -1;
    }

    private boolean isPair(int number, byte[] text, int from, int middle, int to) {
        byte[] bytes = strings.bytes();
        int start = strings.start(number);
        int space = start + middle - from;
        return strings.end(number) - start == to - from + 1
                && bytes[space] == ' '
                && Arrays.equals(bytes, start, space, text, from, middle)
                && Arrays.equals(bytes, space + 1, strings.end(number), text, middle, to);
    }

    /// Whether `number` is new.
    private boolean insert(int number) {
        byte[] bytes = strings.bytes();
        int start = strings.start(number);
        int end = strings.end(number);
        int hash = hash(FNV_OFFSET, bytes, start, end);
        int slot = first(hash);
        while (slots[slot] != 0) {
            if (hash == (int) (slots[slot] >> Integer.SIZE)) {
                int other = (int) slots[slot] - 1;
                if (Arrays.equals(bytes, strings.start(other), strings.end(other), bytes, start, end)) {
                    return false;
                }
            }
            slot = after(slot);
        }
        slots[slot] = ((long) hash << Integer.SIZE) | (number + 1);
        return true;
    }

    private int first(int hash) {
        return (hash ^ (hash >>> 15)) & (slots.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static int hash(int seed, byte[] text, int from, int to) {
        int hash = seed;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text[i]) * FNV_PRIME;
        }
        return hash;
    }
}
