package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// A comment, from its `#` to the last character of the line that is not a blank.
public record Comment(String text, SourceSpan span) {}
