package io.layerplan.compiler.cli;

import io.layerplan.runtime.generate.GenerationListener;

/// Prints a continuation as it comes, and before that how much of a long prompt has been read. A reader that goes away
/// (`| head`) ends the generation, quietly.
final class RunOutput implements GenerationListener {
    /// What takes less is not worth a word.
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Environment environment;
    private final boolean streams;
    private final long start = System.nanoTime();
    private boolean showsProgress;
    private boolean abandoned;

    RunOutput(Environment environment, boolean streams) {
        this.environment = environment;
        this.streams = streams;
    }

    @Override
    public void promptProgress(int done, int total) {
        boolean slow = System.nanoTime() - start > PATIENCE_NANOS;
        if (environment.errorIsTerminal() && (showsProgress || (slow && done < total))) {
            environment.err().print("\r\u001B[K");
            showsProgress = done < total;
            if (showsProgress) {
                environment.err().print("reading the prompt: %d of %d tokens".formatted(done, total));
            }
            environment.err().flush();
        }
    }

    @Override
    public void text(String piece) {
        if (streams) {
            environment.out().print(piece);
            if (environment.out().checkError()) {
                abandoned = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Whether the reader has gone away, which ended the generation by an interruption.
    boolean isAbandoned() {
        return abandoned;
    }

    /// After the text: a line of its own for what follows.
    void endLine() {
        environment.out().print('\n');
        environment.out().flush();
    }
}
