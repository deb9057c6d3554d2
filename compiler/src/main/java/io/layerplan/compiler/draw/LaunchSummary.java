package io.layerplan.compiler.draw;

import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import java.util.List;
import java.util.Locale;

/// What fusion saves: the figures of a plan's fused and unfused program, side by side.
public record LaunchSummary(Figures fused, Figures unfused) {
    /// The figures of a program.
    ///
    /// @param launches           dispatches for every batch of tokens
    /// @param barriers           points where all workers wait for each other: one behind each launch
    /// @param jobs               what the launches are made of
    /// @param weightBytes        bytes of weights read for one token; a weight read by two jobs counts twice
    /// @param flops              floating-point operations of a token's matrix products
    /// @param kvBytesPerPosition bytes of keys and values that every further position of the sequence takes
    /// @param bufferBytes        peak bytes of activations for one token whose logits are asked for
    public record Figures(
            int launches,
            int barriers,
            int jobs,
            long weightBytes,
            long flops,
            long kvBytesPerPosition,
            long bufferBytes) {
        static Figures of(Program program) {
            ProgramCost cost = ProgramCost.of(program);
            return new Figures(
                    cost.launches(),
                    cost.launches(),
                    program.launches().stream()
                            .mapToInt(launch -> launch.jobs().size())
                            .sum(),
                    cost.weightBytes(),
                    cost.weightFlops(),
                    cost.kvBytes(),
                    cost.bufferBytes() + cost.outputBytes());
        }
    }

    /// A line of the table.
    record Row(String label, String fused, String unfused) {}

    public static LaunchSummary of(Program fused, Program unfused) {
        return new LaunchSummary(Figures.of(fused), Figures.of(unfused));
    }

    List<Row> rows() {
        return List.of(
                new Row("launches", Amounts.count(fused.launches), Amounts.count(unfused.launches)),
                new Row("barriers", Amounts.count(fused.barriers), Amounts.count(unfused.barriers)),
                new Row("weights read", Amounts.bytes(fused.weightBytes), Amounts.bytes(unfused.weightBytes)),
                new Row("matrix products", Amounts.flops(fused.flops), Amounts.flops(unfused.flops)),
                new Row(
                        "KV of a position",
                        Amounts.bytes(fused.kvBytesPerPosition),
                        Amounts.bytes(unfused.kvBytesPerPosition)),
                new Row("peak buffers", Amounts.bytes(fused.bufferBytes), Amounts.bytes(unfused.bufferBytes)));
    }

    /// The table, for people:
    /// ```
    /// per token              fused      unfused
    /// launches                  67          226
    /// …
    /// ```
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(line(new Row("per token", "fused", "unfused")));
        rows().forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(Row row) {
        return String.format(Locale.ROOT, "%-16s %12s %12s\n", row.label(), row.fused(), row.unfused());
    }
}
