package io.layerplan.runtime.cpu;

import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.List;

/// What would make a launch's result depend on the order in which its units run: a job that reads or writes
/// what another one writes, or a unit that reads whole rows of what another unit of its job writes.
final class LaunchHazards {
    private LaunchHazards() {}

    /// What a job touches.
    ///
    /// @param rowwise read by the unit that writes the same elements, so that the result may overwrite it
    /// @param whole   read by every unit
    private record Access(List<View> rowwise, List<View> whole, List<View> written, int slotRead, int slotWritten) {
        private static Access of(List<View> rowwise, View written) {
            return new Access(rowwise, List.of(), List.of(written), -1, -1);
        }
    }

    /// @throws IllegalArgumentException if the launch has one
    static void check(Launch launch) {
        List<Access> accesses =
                launch.jobs().stream().map(LaunchHazards::access).toList();
        for (int i = 0; i < accesses.size(); i++) {
            Access access = accesses.get(i);
            refuseOverlap(access.written(), access.whole(), launch);
            refusePartialOverlap(access.written(), access.rowwise(), launch);
            for (int j = 0; j < accesses.size(); j++) {
                if (i != j) {
                    refuse(access, accesses.get(j), launch);
                }
            }
        }
    }

    private static void refuse(Access writer, Access other, Launch launch) {
        refuseOverlap(writer.written(), other.rowwise(), launch);
        refuseOverlap(writer.written(), other.whole(), launch);
        refuseOverlap(writer.written(), other.written(), launch);
        if (writer.slotWritten() >= 0 && writer.slotWritten() == other.slotRead()) {
            throw hazard("kv" + writer.slotWritten(), launch);
        }
    }

    private static void refuseOverlap(List<View> written, List<View> read, Launch launch) {
        for (View w : written) {
            for (View r : read) {
                if (overlap(w, r)) {
                    throw hazard(w.toString(), launch);
                }
            }
        }
    }

    private static void refusePartialOverlap(List<View> written, List<View> read, Launch launch) {
        for (View w : written) {
            for (View r : read) {
                if (overlap(w, r) && !w.equals(r)) {
                    throw hazard(w.toString(), launch);
                }
            }
        }
    }

    static boolean overlap(View a, View b) {
        return a.buffer() == b.buffer() && a.offset() < b.offset() + b.width() && b.offset() < a.offset() + a.width();
    }

    private static IllegalArgumentException hazard(String what, Launch launch) {
        return new IllegalArgumentException("%s is read and written in one launch: %s".formatted(what, launch));
    }

    private static Access access(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Embed(int _, float _, View y) -> Access.of(List.of(), y);
            case Kernel.Norm(View x, int _, float _, int _, View y) -> Access.of(List.of(x), y);
            case Kernel.MatMul matMul -> matMul(matMul);
            case Kernel.GatedMatMul(Input x, int _, int _, var _, View y) ->
                new Access(List.of(), List.of(x.x()), List.of(y), -1, -1);
            case Kernel.Bias(View x, int _, View y) -> Access.of(List.of(x), y);
            case Kernel.Rotate(View x, var _, int _, View y) -> Access.of(List.of(x), y);
            case Kernel.KvWrite(View keys, View values, int slot) ->
                new Access(List.of(keys, values), List.of(), List.of(), -1, slot);
            case Kernel.Attention(View queries, int slot, var _, View y) ->
                new Access(List.of(queries), List.of(), List.of(y), slot, -1);
            case Kernel.Activate(View x, var _, View y) -> Access.of(List.of(x), y);
            case Kernel.Multiply(View a, View b, View y) -> Access.of(List.of(a, b), y);
            case Kernel.Sum sum -> sum(sum);
            case Kernel.SelectOutputs(View x, View y) -> Access.of(List.of(x), y);
        };
    }

    private static Access matMul(Kernel.MatMul job) {
        List<View> x = List.of(job.x().x());
        return switch (job.y()) {
            case Target.Activations(View y) -> new Access(List.of(), x, List.of(y), -1, -1);
            case Target.Keys(int slot) -> new Access(List.of(), x, List.of(), -1, slot);
            case Target.Values(int slot) -> new Access(List.of(), x, List.of(), -1, slot);
        };
    }

    /// A sum with a product is split over columns, and a norm reads whole rows.
    private static Access sum(Kernel.Sum sum) {
        boolean split = sum.terms().stream().anyMatch(Term.Product.class::isInstance);
        List<View> rowwise = new ArrayList<>();
        List<View> whole = new ArrayList<>();
        for (Term term : sum.terms()) {
            switch (term) {
                case Term.Plain(View x, float _) -> rowwise.add(x);
                case Term.Normed(View x, int _, float _, float _) -> (split ? whole : rowwise).add(x);
                case Term.Product product -> whole.add(product.x().x());
            }
        }
        return new Access(rowwise, whole, List.of(sum.y()), -1, -1);
    }
}
