package io.layerplan.compiler.schedule;

import java.util.Arrays;
import java.util.List;

/// Layer numbers in an order, possibly with repeats.
final class Layers {
    private final int[] numbers;

    private Layers(int[] numbers) {
        this.numbers = numbers;
    }

    static Layers of(int number) {
        return new Layers(new int[] {number});
    }

    /// `first, first + step, …`, up to `last` at most; none if `last < first`.
    static Layers range(int first, int last, int step) {
        int[] numbers = new int[last < first ? 0 : (last - first) / step + 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = first + i * step;
        }
        return new Layers(numbers);
    }

    static Layers concatenation(List<Layers> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int size = 0;
        for (Layers part : parts) {
            size += part.size();
        }
        int[] numbers = new int[size];
        int at = 0;
        for (Layers part : parts) {
            System.arraycopy(part.numbers, 0, numbers, at, part.size());
            at += part.size();
        }
        return new Layers(numbers);
    }

    Layers reversed() {
        int[] reversed = new int[size()];
        for (int i = 0; i < size(); i++) {
            reversed[i] = numbers[size() - 1 - i];
        }
        return new Layers(reversed);
    }

    /// Fisher-Yates: for i from n-1 down to 1, swap i with `unsigned(next) mod (i + 1)`.
    Layers shuffled(long seed) {
        int[] shuffled = numbers.clone();
        var generator = new SplitMix64(seed);
        for (int i = size() - 1; i >= 1; i--) {
            int j = (int) Long.remainderUnsigned(generator.next(), i + 1L);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return new Layers(shuffled);
    }

    int size() {
        return numbers.length;
    }

    int get(int index) {
        return numbers[index];
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers);
    }
}
