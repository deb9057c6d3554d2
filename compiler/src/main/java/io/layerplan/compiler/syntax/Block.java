package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;

/// `{ S1; S2; … }`
public record Block(List<Statement> statements, SourceSpan span) implements Body {
    public Block {
        statements = List.copyOf(statements);
    }
}
