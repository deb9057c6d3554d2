package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;

/// Into how many spans of its context an attention is cut, each a workgroup: as many as keep a device busy where the
/// heads of a launch are too few, and none shorter than [#SHORTEST] in a full context. With more than one span every
/// workgroup leaves a partial result, and a second task adds them up.
final class AttentionSpans {
    /// Positions of the shortest span worth a workgroup.
    static final int SHORTEST = 128;

    private final Program program;
    private final Extent extent;
    private final GroupShape shape;

    AttentionSpans(Program program, Extent extent, GroupShape shape) {
        this.program = program;
        this.extent = extent;
        this.shape = shape;
    }

    /// Spans of an attention over a slot in a launch.
    int of(Launch launch, int slot) {
        int wanted = Math.ceilDiv(shape.busy(), Math.max(1, heads(launch)));
        return Math.clamp(wanted, 1, Math.ceilDiv(visible(program.slots().get(slot)), SHORTEST));
    }

    /// The most positions that a token sees.
    private int visible(KvSlot slot) {
        return slot.window() > 0 ? Math.min(slot.window(), extent.context()) : extent.context();
    }

    private static int heads(Launch launch) {
        return launch.jobs().stream()
                .mapToInt(job -> job instanceof Kernel.Attention attention
                        ? attention.heads().queries()
                        : 0)
                .sum();
    }

    /// Elements of the partial results of a kernel, for a whole batch; 0 for one span, and for all but attention.
    long partials(Launch launch, Kernel kernel) {
        if (!(kernel instanceof Kernel.Attention attention)) {
            return 0;
        }
        int spans = of(launch, attention.slot());
        long each = AttentionLayout.partial(attention.heads().size());
        return spans == 1 ? 0 : each * spans * attention.heads().queries() * extent.batch();
    }

    /// Elements of the partial results of the launch that has the most.
    long most() {
        return program.launches().stream().mapToLong(this::partials).max().orElse(0);
    }

    private long partials(Launch launch) {
        return launch.jobs().stream().mapToLong(job -> partials(launch, job)).sum();
    }
}
