package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.Severity;
import java.util.List;
import java.util.Optional;

/// What resolving a plan gave.
///
/// @param schedule absent if and only if there are errors
/// @param diagnostics errors, warnings and notes, in the order of the text
public record Resolution(Optional<Schedule> schedule, List<Diagnostic> diagnostics) {
    public Resolution {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean has(Severity severity) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == severity) {
                return true;
            }
        }
        return false;
    }
}
