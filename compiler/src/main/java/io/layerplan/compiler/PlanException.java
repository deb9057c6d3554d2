package io.layerplan.compiler;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import java.util.List;

/// A plan that cannot be compiled: it does not parse, or does not fit the model. The message is its diagnostics as
/// people read them.
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    PlanException(List<Diagnostic> diagnostics) {
        super(new DiagnosticRenderer(false).render(diagnostics));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /// Everything that is to be said about the plan, in the order of its text; at least one of them is an error.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
