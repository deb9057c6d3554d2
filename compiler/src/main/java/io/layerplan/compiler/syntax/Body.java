package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// What a `par` or a `loop` is about: layers or statements.
public sealed interface Body permits LayerList, Block {
    SourceSpan span();
}
