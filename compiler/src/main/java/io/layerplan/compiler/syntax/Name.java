package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// A name where it is defined.
public record Name(String text, SourceSpan span) {}
