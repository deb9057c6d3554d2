package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.DiagnosticReport;
import io.layerplan.compiler.draw.LaunchSummary;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// What `explain` says.
///
/// @param plan        the plan's file, or what stands for it
/// @param model       the model's file name
/// @param layers      of the model
/// @param total       of the plan
/// @param runAll      of the unmodified model
/// @param fusion      the plan fused and not
record Explanation(
        String plan,
        String model,
        int layers,
        List<Occurrence> occurrences,
        PlanCost total,
        PlanCost runAll,
        LaunchSummary fusion,
        List<DiagnosticReport> diagnostics) {
    /// For people.
    String text() {
        return "%s on `%s`, for each token\n\n".formatted(plan, model) + occurrenceTable() + "\n" + totals() + "\n"
                + fusion.text().indent(2);
    }

    private String occurrenceTable() {
        Table table = new Table("rrllrrrl").row("#", "layer", "half", "slot", "weights", "FLOPs", "keys+values", "in");
        for (Occurrence each : occurrences) {
            table.row(
                    Integer.toString(each.number()),
                    Integer.toString(each.layer()),
                    each.half(),
                    each.kvSlot() == null ? "-" : "kv" + each.kvSlot(),
                    Sizes.bytes(each.weightBytes()),
                    Sizes.count(each.flops()),
                    each.kvSlot() == null ? "-" : Sizes.bytes(each.kvBytes()),
                    String.join(", ", each.where()));
        }
        return table.text();
    }

    private String totals() {
        Table table = new Table("lrrr").row("with embedding and head", "plan", "run all", "ratio");
        total(table, "occurrences", PlanCost::occurrences, false);
        total(table, "key/value slots", PlanCost::kvSlots, false);
        total(table, "keys and values", PlanCost::kvBytes, true);
        total(table, "weights read", PlanCost::weightBytes, true);
        table.row(
                "FLOPs", Sizes.count(total.flops()), Sizes.count(runAll.flops()), ratio(total.flops(), runAll.flops()));
        total(table, "launches", PlanCost::launches, false);
        total(table, "activation buffers", PlanCost::bufferBytes, true);
        return table.text();
    }

    private void total(Table table, String name, ToLongFunction<PlanCost> what, boolean bytes) {
        long ours = what.applyAsLong(total);
        long all = what.applyAsLong(runAll);
        table.row(
                name,
                bytes ? Sizes.bytes(ours) : Long.toString(ours),
                bytes ? Sizes.bytes(all) : Long.toString(all),
                ratio(ours, all));
    }

    private static String ratio(long ours, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) ours / all);
    }
}
