package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// What a name stands for. Lists, parameters and plans share one namespace.
sealed interface Definition {
    /// Where it was defined.
    SourceSpan span();

    record LayerList(Layers layers, SourceSpan span) implements Definition {}

    record IntegerParameter(long value, SourceSpan span) implements Definition {}

    record RealParameter(double value, SourceSpan span) implements Definition {}

    record PlanBlock(SourceSpan span) implements Definition {}

    /// A name that something is wrong with, about which everything has been said: its uses are no further errors.
    record Broken(SourceSpan span) implements Definition {}
}
