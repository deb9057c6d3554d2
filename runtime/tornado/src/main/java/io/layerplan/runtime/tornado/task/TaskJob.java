package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A part of a task that computes one result; a workgroup belongs to one job. Every kernel of a program becomes one or
/// two of four kinds, one for each kernel of the device.
public sealed interface TaskJob {
    /// `y[t] = scale · table[token[t]]`; `scale` is the offset of a constant.
    record Embed(DeviceMatrix table, int scale, Store store) implements TaskJob {}

    /// `y = heads(combine(term_1, …))`
    record Project(List<TaskTerm> terms, Combination combination, Optional<HeadWork> heads, Store store)
            implements TaskJob {
        public Project {
            terms = List.copyOf(terms);
        }
    }

    /// Attention of all query heads of a slot; `scale` is the offset of a constant.
    ///
    /// @param keys   where the slot's keys begin in the cache, `width` apart
    /// @param values where its values begin
    record Attend(
            Rows queries,
            int keys,
            int values,
            int width,
            int window,
            Heads heads,
            int scale,
            Partials partials,
            Store store)
            implements TaskJob {}

    /// Adds up the spans of an attention.
    record Merge(Partials partials, Heads heads, Store store) implements TaskJob {}

    /// The partial results of an attention whose context is cut into spans; one span has none.
    ///
    /// @param offset where they begin in the buffers
    record Partials(int spans, int offset) {
        static final Partials NONE = new Partials(1, 0);

        /// Elements for a token.
        int stride(Heads heads) {
            return spans == 1 ? 0 : heads.queries() * spans * AttentionLayout.partial(heads.size());
        }

        private String text() {
            return spans == 1 ? "" : ", %d spans at %d".formatted(spans, offset);
        }
    }

    /// How terms become one value.
    enum Combination {
        SUM(JobLayout.SUM),
        SILU(JobLayout.SILU),
        GELU(JobLayout.GELU),
        MULTIPLY(JobLayout.MULTIPLY);

        private final int code;

        Combination(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /// What happens to each head of a result.
    ///
    /// @param gain    of its norm, an offset; empty for none
    /// @param epsilon the offset of a constant
    /// @param rope    empty for none
    /// @param angles  where the rope's angles begin
    record HeadWork(int size, OptionalInt gain, int epsilon, Optional<Rope> rope, int angles) {}

    /// Where a result goes.
    ///
    /// @param array one of the three
    /// @param rows  for the cache, row 0 is position 0 of the slot
    record Store(Destination array, Rows rows) {}

    /// The arrays that are written.
    enum Destination {
        BUFFERS(JobLayout.BUFFERS),
        CACHE(JobLayout.CACHE),
        LOGITS(JobLayout.LOGITS);

        private final int code;

        Destination(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    Store store();

    /// The job as a line of a printed task.
    default String text() {
        String y = store().array().name().toLowerCase(Locale.ROOT) + " "
                + store().rows().text();
        return y + " = "
                + switch (this) {
                    case Embed(var table, int scale, var _) -> "embed(%s) * f%d".formatted(table.text(), scale);
                    case Project(var terms, var combination, var heads, var _) ->
                        terms.stream()
                                        .map(TaskTerm::text)
                                        .collect(Collectors.joining(
                                                ", ", combination.name().toLowerCase(Locale.ROOT) + "(", ")"))
                                + heads.map(TaskJob::heads).orElse("");
                    case Attend(
                            var queries,
                            int keys,
                            int values,
                            int width,
                            int window,
                            var heads,
                            int scale,
                            var partials,
                            var _) ->
                        "attention(%s, keys %d, values %d by %d, window %d, %d/%d heads of %d, scale f%d%s)"
                                .formatted(
                                        queries.text(),
                                        keys,
                                        values,
                                        width,
                                        window,
                                        heads.queries(),
                                        heads.keyValues(),
                                        heads.size(),
                                        scale,
                                        partials.text());
                    case Merge(var partials, var heads, var _) ->
                        "merge(%d heads of %d%s)".formatted(heads.queries(), heads.size(), partials.text());
                };
    }

    private static String heads(HeadWork work) {
        return " | heads " + work.size()
                + (work.gain().isPresent() ? " | norm f" + work.gain().getAsInt() : "")
                + work.rope()
                        .map(rope -> " | rotate %s %d, angles %d"
                                .formatted(
                                        rope.pairing().name().toLowerCase(Locale.ROOT),
                                        rope.dimensions(),
                                        work.angles()))
                        .orElse("");
    }
}
