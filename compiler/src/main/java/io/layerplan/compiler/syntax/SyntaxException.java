package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.Diagnostic;

/// Carries the first error of syntax out of the parser, to the reader and no further.
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    public SyntaxException(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
