package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.tornado.task.DeviceTask.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The shape of the graph that TornadoVM runs. It compiles a task of a graph for each time it appears, equal or not;
/// so the graph is one turn of the pattern that the tasks of most programs
/// repeat (a layer), and a forward pass executes it once for each turn. Which table a slot reads is data of the
/// execution.
///
/// @param slots the kernel of each task of the graph
/// @param turns for each execution the program's task of each slot; -1 for none
public record TurnPlan(List<Kind> slots, List<List<Integer>> turns) {
    /// What compiling a slot counts, in executions of an idle slot over the tokens of a usual run. Drivers compile
    /// equal kernels once, so it is little: with 30 the bundled model had a turn of 4 slots instead of 6 and decoded a
    /// third slower, and started no sooner.
    private static final int SLOT_COST = 12;

    private static final int TURN_COST = 1;
    private static final int LONGEST = 12;

    /// What TornadoVM compiles for a slot.
    ///
    /// @param formats that the tasks in the slot read, as bits of [DeviceFormat#bit]
    public record Compiled(Kind kind, int formats) {}

    public TurnPlan {
        slots = List.copyOf(slots);
        turns = List.copyOf(turns);
    }

    /// The cheapest of the patterns that occur; where none of them is short enough, one slot for each kernel.
    public static TurnPlan of(List<DeviceTask> tasks) {
        List<Kind> kinds = tasks.stream().map(DeviceTask::kind).toList();
        TurnPlan best = fill(tasks, kinds.stream().distinct().toList());
        for (int from = 0; from < kinds.size(); from++) {
            for (int size = 1; size <= Math.min(LONGEST, kinds.size() - from); size++) {
                List<Kind> pattern = kinds.subList(from, from + size);
                if (pattern.containsAll(kinds)) {
                    TurnPlan plan = fill(tasks, pattern);
                    best = plan.cost() < best.cost() ? plan : best;
                }
            }
        }
        return best;
    }

    /// The kernel of each slot.
    ///
    /// @param tasks those of which this is the plan
    public List<Compiled> kernels(List<DeviceTask> tasks) {
        int[] formats = new int[slots.size()];
        for (List<Integer> turn : turns) {
            for (int slot = 0; slot < formats.length; slot++) {
                formats[slot] |=
                        turn.get(slot) < 0 ? 0 : tasks.get(turn.get(slot)).formats();
            }
        }
        return IntStream.range(0, formats.length)
                .mapToObj(slot -> new Compiled(slots.get(slot), formats[slot]))
                .toList();
    }

    private int cost() {
        int idle = (int)
                turns.stream().flatMap(List::stream).filter(task -> task < 0).count();
        return slots.size() * SLOT_COST + turns.size() * TURN_COST + idle;
    }

    /// Gives every task the next slot of its kind.
    private static TurnPlan fill(List<DeviceTask> tasks, List<Kind> slots) {
        List<List<Integer>> turns = new ArrayList<>();
        int task = 0;
        while (task < tasks.size()) {
            List<Integer> turn = new ArrayList<>();
            for (Kind slot : slots) {
                boolean fits = task < tasks.size() && tasks.get(task).kind() == slot;
                turn.add(fits ? task++ : -1);
            }
            turns.add(List.copyOf(turn));
        }
        return new TurnPlan(slots, turns);
    }
}
