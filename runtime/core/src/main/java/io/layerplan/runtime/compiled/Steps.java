package io.layerplan.runtime.compiled;

import io.layerplan.runtime.backend.BackendOptions.Progress;

/// Tells a [Progress] of equal steps of some work, in their order, whichever threads do them.
final class Steps {
    private final String what;
    private final int total;
    private final Progress progress;
    private int done;

    Steps(String what, int total, Progress progress) {
        this.what = what;
        this.total = total;
        this.progress = progress;
        progress.step(what, 0, total);
    }

    /// One more has been done.
    synchronized void next() {
        progress.step(what, ++done, total);
    }
}
