package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.Optional;

/// One item of a layer list.
public sealed interface LayerItem {
    SourceSpan span();

    /// `7`, `last-1`, or a name, which may be that of a layer list
    record Single(Expression layer) implements LayerItem {
        @Override
        public SourceSpan span() {
            return layer.span();
        }
    }

    /// `4..11`, `0..last by 2`
    record Range(Expression first, Expression last, Optional<Expression> step, SourceSpan span) implements LayerItem {}

    /// `all`
    record All(SourceSpan span) implements LayerItem {}

    /// `rest`
    record Rest(SourceSpan span) implements LayerItem {}

    /// `rev(L)`
    record Reversed(LayerList layers, SourceSpan span) implements LayerItem {}

    /// `shuffle(L, seed 42)`
    record Shuffled(LayerList layers, Expression seed, SourceSpan span) implements LayerItem {}
}
