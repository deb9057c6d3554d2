package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;

/// One statement of a plan.
public sealed interface Statement {
    SourceSpan span();

    /// `run L`, `attn L`, `ffn L`
    ///
    /// @param each whether the suffixes go to every layer separately
    record Run(Verb verb, LayerList layers, boolean each, List<Suffix> suffixes, SourceSpan span) implements Statement {
        public Run {
            suffixes = List.copyOf(suffixes);
        }
    }

    /// `skip L`
    record Skip(LayerList layers, SourceSpan span) implements Statement {}

    /// `par L avg`, `par { … } sum`
    record Parallel(Body body, ReducerClause reducer, List<Suffix> suffixes, SourceSpan span) implements Statement {
        public Parallel {
            suffixes = List.copyOf(suffixes);
        }
    }

    /// `loop L x3`, `loop { … } x3`
    record Loop(Body body, Suffix.Repeat times, List<Suffix> suffixes, SourceSpan span) implements Statement {
        public Loop {
            suffixes = List.copyOf(suffixes);
        }
    }

    /// `{ … }`
    record Group(Block block, List<Suffix> suffixes, SourceSpan span) implements Statement {
        public Group {
            suffixes = List.copyOf(suffixes);
        }
    }

    /// `let name = L`
    record Let(Name name, LayerList layers, SourceSpan span) implements Statement {}

    /// `param name = 4`
    record Param(Name name, Expression value, SourceSpan span) implements Statement {}

    /// `plan name { … }`
    record Plan(Name name, Block block, SourceSpan span) implements Statement {}

    /// The words that run layers one after another.
    enum Verb {
        RUN("run"),
        ATTN("attn"),
        FFN("ffn");

        private final String word;

        Verb(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
