package io.layerplan.bench;

import io.layerplan.bench.measure.ProgressListener;
import io.layerplan.compiler.cli.Environment;

/// Says on standard error how far the benchmark is: on a terminal in one line that is written over and goes in the end,
/// else a line for each phase.
final class Progress implements ProgressListener, AutoCloseable {
    private static final String CLEAR = "\r\u001B[K";

    private final Environment environment;
    private String last = "";

    Progress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void at(String what, int done, int of) {
        if (environment.errorIsTerminal()) {
            String count = of > 0 ? ", %d of %d".formatted(done + 1, of) : done > 0 ? ", round " + (done + 1) : "";
            environment.err().print(CLEAR + what + count + " …");
            environment.err().flush();
        } else if (!what.equals(last)) {
            environment.err().print("layerplan: " + what + " …\n");
            environment.err().flush();
        }
        last = what;
    }

    /// What a backend does before it can run, until it is done.
    void starting(String what, int done, int of) {
        if (done < of) {
            at(what, done, of);
        } else {
            clear();
        }
    }

    /// Takes the line away.
    void clear() {
        if (environment.errorIsTerminal() && !last.isEmpty()) {
            environment.err().print(CLEAR);
            environment.err().flush();
        }
        last = "";
    }

    @Override
    public void close() {
        clear();
    }
}
