package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// What a statement takes after itself; each suffix applies to all that stands before it.
public sealed interface Suffix {
    SourceSpan span();

    /// `x3`, `x(n)`
    record Repeat(Expression times, SourceSpan span) implements Suffix {}

    /// `scale 0.5`
    record Scale(Expression factor, SourceSpan span) implements Suffix {}
}
