package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceText;
import java.util.List;

/// A plan file as it was written: one plan, or several in `plan` blocks.
///
/// @param comments all of them, in the order of the text
public record PlanFile(SourceText source, List<Statement> statements, List<Comment> comments) {
    public PlanFile {
        statements = List.copyOf(statements);
        comments = List.copyOf(comments);
    }
}
