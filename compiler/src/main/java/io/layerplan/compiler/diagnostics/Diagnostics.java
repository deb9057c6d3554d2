package io.layerplan.compiler.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is said about one plan.
public final class Diagnostics {
    private final List<Diagnostic> reported = new ArrayList<>();
    private int errors;

    public void report(Diagnostic diagnostic) {
        reported.add(diagnostic);
        if (diagnostic.severity() == Severity.ERROR) {
            errors++;
        }
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /// How many errors were reported so far; a later count that is the same means that nothing broke in between.
    public int errors() {
        return errors;
    }

    /// In the order of the text; what is about a flag or about the whole plan comes first.
    public List<Diagnostic> inOrder() {
        return reported.stream()
                .sorted(Comparator.comparingInt(d -> d.span().start()))
                .toList();
    }
}
