package io.layerplan.compiler.cli;

import io.layerplan.runtime.backend.BackendOptions.Progress;

/// Shows what a backend does before the first token, in one line that goes when it is done.
final class StartProgress implements Progress {
    private final Environment environment;
    private String shown = "";

    StartProgress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void step(String what, int done, int total) {
        String text = done < total ? what + " …" : "";
        if (environment.errorIsTerminal() && !text.equals(shown)) {
            environment.err().print("\r\u001B[K" + text);
            environment.err().flush();
            shown = text;
        }
    }
}
