package io.layerplan.runtime.generate;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.ExecutorFigures;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// A model small enough to work out by hand: after `length` tokens, the last being `t`, token `j` has the logit
/// `-|j - next(t, length)|`.
final class BigramExecutor implements Executor {
    private final Program program;
    private final Next next;

    private int[] sequence = {};
    private int calls;

    interface Next {
        int next(int token, int length);
    }

    BigramExecutor(int vocabulary, int context, Next next) {
        this.program = new Program(
                "bigram",
                NumericMode.F32,
                vocabulary,
                context,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new View(0, 0, vocabulary));
        this.next = next;
    }

    @Override
    public float[] forward(int[] tokens, int outputs) {
        if (sequence.length + tokens.length > program.context()) {
            throw new InputException("the context is full");
        }
        calls++;
        int from = sequence.length;
        sequence = Arrays.copyOf(sequence, from + tokens.length);
        System.arraycopy(tokens, 0, sequence, from, tokens.length);
        int vocabulary = program.vocabulary();
        float[] logits = new float[outputs * vocabulary];
        for (int row = 0; row < outputs; row++) {
            int at = sequence.length - outputs + row;
            int best = next.next(sequence[at], at + 1);
            for (int id = 0; id < vocabulary; id++) {
                logits[row * vocabulary + id] = -Math.abs(id - best);
            }
        }
        return logits;
    }

    int[] sequence() {
        return sequence.clone();
    }

    int calls() {
        return calls;
    }

    @Override
    public int length() {
        return sequence.length;
    }

    @Override
    public void truncate(int length) {
        sequence = Arrays.copyOf(sequence, length);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public ExecutorFigures figures() {
        return new ExecutorFigures("by hand", 0, 0, KeyValueFormat.F32, OptionalLong.of(0), 0, calls);
    }

    @Override
    public void close() {}
}
