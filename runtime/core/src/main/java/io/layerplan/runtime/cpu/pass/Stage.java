package io.layerplan.runtime.cpu.pass;

import java.util.Arrays;

/// Units of a launch that any worker may run in any order, once those of the stage before are done: those that prepare
/// its inputs, or those of its jobs. It says how many there are and holds nothing that changes.
public final class Stage {
    /// What a unit belongs to.
    public interface Part {
        void run(Batch batch, int unit, Worker worker);
    }

    private final int launch;
    private final boolean preparation;
    private final Part[] parts;
    private final int[] ends;

    /// @param launch      the launch's number in the program
    /// @param preparation whether the units prepare what the launch's jobs read
    /// @param ends        for each part, how many units it and those before it have
    public Stage(int launch, boolean preparation, Part[] parts, int[] ends) {
        this.launch = launch;
        this.preparation = preparation;
        this.parts = parts;
        this.ends = ends;
        if (units() > Claims.MOST_UNITS) {
            throw new IllegalArgumentException("%d units in launch %d".formatted(units(), launch));
        }
    }

    int launch() {
        return launch;
    }

    boolean isPreparation() {
        return preparation;
    }

    int units() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /// Whether its parts have these units.
    public boolean hasEnds(int[] other) {
        return Arrays.equals(ends, other);
    }

    void run(Batch batch, int from, int to, Worker worker) {
        int part = 0;
        for (int unit = from; unit < to; unit++) {
            while (unit >= ends[part]) {
                part++;
            }
            parts[part].run(batch, unit - (part == 0 ? 0 : ends[part - 1]), worker);
        }
    }
}
