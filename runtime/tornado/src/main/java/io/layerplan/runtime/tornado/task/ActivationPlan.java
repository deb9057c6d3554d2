package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.text.Accesses;
import io.layerplan.runtime.program.text.Region;
import io.layerplan.runtime.tornado.task.TaskJob.Destination;
import io.layerplan.runtime.tornado.task.TaskJob.Store;
import java.util.List;

/// Where activations, keys and values lie on the device. The logits have an array of their own, which is the only thing
/// that comes back: what the last launch that writes their buffer writes there goes to it.
final class ActivationPlan {
    private final Program program;
    private final Extent extent;
    private final int[] buffers;
    private final int[] keys;
    private final int[] values;
    private final int lastLaunch;
    private final Arena activations = new Arena("activations");
    private final Arena cache = new Arena("keys and values");

    ActivationPlan(Program program, Extent extent) {
        this.program = program;
        this.extent = extent;
        this.lastLaunch = lastLaunch(program);
        this.buffers = program.buffers().stream()
                .mapToInt(buffer ->
                        isLogitsAlone(buffer) ? 0 : activations.take((long) rows(buffer.rows()) * buffer.width()))
                .toArray();
        this.keys = new int[program.slots().size()];
        this.values = new int[program.slots().size()];
        for (int slot = 0; slot < keys.length; slot++) {
            long size = (long) extent.context() * program.slots().get(slot).width();
            keys[slot] = cache.take(size);
            values[slot] = cache.take(size);
        }
    }

    private int rows(Buffer.Rows rows) {
        return rows == Buffer.Rows.TOKENS ? extent.batch() : extent.outputs();
    }

    private static int lastLaunch(Program program) {
        Region logits = Region.of(program.logits());
        for (int i = program.launches().size() - 1; i >= 0; i--) {
            if (writes(program.launches().get(i), logits)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no launch writes the logits");
    }

    private static boolean writes(Launch launch, Region region) {
        return launch.jobs().stream()
                .flatMap(job -> Accesses.of(job).writes().stream())
                .anyMatch(region::overlaps);
    }

    /// Whether nothing but the logits is ever in a buffer.
    private boolean isLogitsAlone(Buffer buffer) {
        Region all = Region.of(new View(buffer.id(), 0, buffer.width()));
        List<Launch> before = program.launches().subList(0, lastLaunch);
        return buffer.id() == program.logits().buffer() && before.stream().noneMatch(launch -> writes(launch, all));
    }

    Rows rows(View view) {
        Buffer buffer = program.buffers().get(view.buffer());
        return new Rows(buffers[view.buffer()] + view.offset(), buffer.width(), view.width(), buffer.rows());
    }

    /// Where a job of launch `launch` writes a view.
    Store store(int launch, View view) {
        Region written = Region.of(view);
        if (launch != lastLaunch || !written.overlaps(Region.of(program.logits()))) {
            return new Store(Destination.BUFFERS, rows(view));
        }
        int offset = view.offset() - program.logits().offset();
        return new Store(Destination.LOGITS, new Rows(offset, program.vocabulary(), view.width(), Buffer.Rows.OUTPUTS));
    }

    Store store(int launch, Target target) {
        return switch (target) {
            case Target.Activations(View y) -> store(launch, y);
            case Target.Keys(int slot) -> keys(slot);
            case Target.Values(int slot) -> values(slot);
        };
    }

    Store keys(int slot) {
        return cached(keys[slot], slot);
    }

    Store values(int slot) {
        return cached(values[slot], slot);
    }

    private Store cached(int offset, int slot) {
        int width = program.slots().get(slot).width();
        return new Store(Destination.CACHE, new Rows(offset, width, width, Buffer.Rows.TOKENS));
    }

    /// The offset of `elements` more among the activations.
    int take(long elements) {
        return activations.take(elements);
    }

    int activations() {
        return activations.size();
    }

    int cache() {
        return cache.size();
    }

    /// Elements of the array of logits.
    int logits() {
        return Math.multiplyExact(extent.outputs(), program.vocabulary());
    }

    /// The widest row of a program.
    static int widest(Program program) {
        return program.buffers().stream().mapToInt(Buffer::width).max().orElse(1);
    }
}
