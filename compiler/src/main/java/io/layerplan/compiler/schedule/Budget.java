package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.SourceSpan;

/// Bounds what a small text can make us compute: `let b = a, a, a` ten times over names more layers than fit into
/// memory.
final class Budget {
    /// Occurrences of layers, and of halves of layers, that one plan runs.
    static final int MOST_OCCURRENCES = 100_000;

    /// Layers in all the lists of a file, those of names included.
    static final int MOST_LISTED = 2_000_000;

    /// Blocks, loops and suffixes around each other.
    static final int DEEPEST_NESTING = 200;

    private long listed;

    /// Pays for a list before it is made.
    void charge(long layers, SourceSpan span) {
        listed += layers;
        if (listed > MOST_LISTED) {
            throw new ExceededException(ScheduleMessages.tooManyListed(span, MOST_LISTED));
        }
    }

    /// Ends the resolution; going on would only say it again.
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Diagnostic diagnostic;

        ExceededException(Diagnostic diagnostic) {
            super(diagnostic.message(), null, false, false);
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }
}
