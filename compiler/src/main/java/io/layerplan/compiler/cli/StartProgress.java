package io.layerplan.compiler.cli;

import io.layerplan.runtime.backend.BackendOptions.Progress;

/// Shows what a backend does before the first token, in one line that goes when it is done.
final class StartProgress implements Progress {
    private final Environment environment;

    StartProgress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void step(String what, int done, int total) {
        if (environment.errorIsTerminal()) {
            environment.err().print("\r\u001B[K" + (done < total ? what + " …" : ""));
            environment.err().flush();
        }
    }
}
