package io.layerplan.compiler.lower;

import io.layerplan.runtime.program.Buffer.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts tenancies that do not overlap into one slot. The widest go first, so that a slot never grows; those of one
/// width go in the order in which they begin, each into the slot that is taken again soonest after it, or into a new
/// one. For one width alone that is the fewest slots that can be. It takes `n log n` steps for each width.
final class Packing {
    /// A place for one tenancy at a time, as wide as its widest, which is its first.
    static final class Slot {
        private final int number;
        private final List<Tenancy> tenancies = new ArrayList<>();

        /// When it is taken: from a launch to another.
        private final NavigableMap<Integer, Integer> taken = new TreeMap<>();

        private Slot(int number) {
            this.number = number;
        }

        private void add(Tenancy tenancy) {
            tenancies.add(tenancy);
            taken.put(tenancy.from(), tenancy.to());
        }

        private int takenFrom(int launch) {
            Integer next = taken.ceilingKey(launch);
            return next == null ? Integer.MAX_VALUE : next;
        }

        /// @param launch from which it is taken
        private int takenTo(int launch) {
            return Objects.requireNonNull(taken.get(launch));
        }

        Rows rows() {
            return tenancies.getFirst().rows();
        }

        int width() {
            return tenancies.getFirst().width();
        }

        int from() {
            return taken.firstKey();
        }

        List<Tenancy> tenancies() {
            return tenancies;
        }
    }

    /// A slot that is taken, or free again, at a launch.
    private record Change(int launch, Slot slot) implements Comparable<Change> {
        @Override
        public int compareTo(Change other) {
            return launch != other.launch
                    ? Integer.compare(launch, other.launch)
                    : Integer.compare(slot.number, other.slot.number);
        }
    }

    private final List<Slot> slots = new ArrayList<>();

    private Packing() {}

    /// @param tenancies of one kind of rows
    static List<Slot> pack(Collection<Tenancy> tenancies) {
        Packing packing = new Packing();
        tenancies.stream()
                .sorted(Comparator.comparingInt(Tenancy::from))
                .collect(Collectors.groupingBy(
                        Tenancy::width, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()))
                .values()
                .forEach(packing::packOneWidth);
        return packing.slots;
    }

    private void packOneWidth(List<Tenancy> tenancies) {
        NavigableSet<Change> free = new TreeSet<>();
        Queue<Change> taken = new PriorityQueue<>();
        slots.forEach(slot -> free.add(new Change(slot.takenFrom(0), slot)));
        for (Tenancy tenancy : tenancies) {
            advance(tenancy.from(), free, taken);
            Change fitting = free.higher(new Change(tenancy.to(), new Slot(Integer.MAX_VALUE)));
            Slot slot;
            if (fitting == null) {
                slot = new Slot(slots.size());
                slots.add(slot);
            } else {
                slot = fitting.slot();
                free.remove(fitting);
            }
            slot.add(tenancy);
            taken.add(new Change(tenancy.to() + 1, slot));
        }
    }

    /// Goes on to `launch`.
    ///
    /// @param free  the slots that are free, and when each is taken
    /// @param taken the slots that are taken, and when each is free again
    private static void advance(int launch, NavigableSet<Change> free, Queue<Change> taken) {
        while (true) {
            if (!free.isEmpty() && free.first().launch() <= launch) {
                Change change = free.removeFirst();
                taken.add(new Change(change.slot().takenTo(change.launch()) + 1, change.slot()));
            } else if (!taken.isEmpty() && taken.peek().launch() <= launch) {
                Change change = taken.remove();
                free.add(new Change(change.slot().takenFrom(change.launch()), change.slot()));
            } else {
                return;
            }
        }
    }
}
