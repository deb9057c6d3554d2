package io.layerplan.runtime;

import io.layerplan.runtime.program.Program;

/// Runs a program over a growing sequence of tokens, keeping their keys and values. Not thread-safe: one sequence, one
/// caller.
public interface Executor extends AutoCloseable {
    /// Appends `tokens` to the sequence and runs the model over them, in as many batches as it takes.
    ///
    /// @param outputs for how many of the last tokens logits are wanted, 0 to `tokens.length`
    /// @return `outputs` rows of `program().vocabulary()` logits, row after row; the caller's own
    /// @throws InputException if a token is outside the vocabulary or the sequence outgrows the context asked for
    float[] forward(int[] tokens, int outputs);

    /// Appends one token, as [#forward] does, and returns the logits after it. An executor may put them into `spare`
    /// instead of allocating a megabyte for each token of a large vocabulary.
    ///
    /// @param spare any array that the caller has no more use for; its contents are lost
    /// @return `program().vocabulary()` logits, in `spare` or in an array of the caller's own
    default float[] next(int token, float[] spare) {
        return forward(new int[] {token}, 1);
    }

    /// How many tokens the sequence has.
    int length();

    /// Forgets all but the first `length` tokens.
    void truncate(int length);

    Program program();

    /// What it runs with and what it has taken.
    ExecutorFigures figures();

    @Override
    void close();
}
