package io.layerplan.runtime.generate;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Continues prompts with an executor. Not thread-safe, as the executor is not.
public final class Generator {
    /// The prompt is read in pieces of so many tokens, between which an interruption is noticed.
    private static final int PROMPT_PIECE = 512;

    private final Executor executor;
    private final @Nullable Tokenizer tokenizer;

    /// Without a tokenizer there is no text, and no token ends a generation.
    public Generator(Executor executor) {
        this.executor = executor;
        this.tokenizer = null;
    }

    /// @throws InputException if the tokenizer is not of as many tokens as the model
    public Generator(Executor executor, Tokenizer tokenizer) {
        int vocabulary = executor.program().vocabulary();
        if (tokenizer.vocabularySize() != vocabulary) {
            throw new InputException(
                    "the tokenizer has %d tokens, but the model has %d"
                            .formatted(tokenizer.vocabularySize(), vocabulary),
                    "the file's `tokenizer.ggml.tokens` and its `token_embd.weight` do not belong together");
        }
        this.executor = executor;
        this.tokenizer = tokenizer;
    }

    /// Appends `prompt` to the executor's sequence and generates what follows. The last token generated has not been
    /// appended when it returns. An interruption of the thread ends it early and leaves the thread's interrupt status
    /// set.
    ///
    /// @throws InputException           if the prompt is empty, does not fit into the context, or has an unknown token
    /// @throws NonFiniteLogitsException if the model computes no numbers
    public GenerationResult generate(int[] prompt, GenerationOptions options, GenerationListener listener) {
        int context =
                options.context() > 0 ? options.context() : executor.program().context();
        check(prompt, context);
        GenerationRun run = new GenerationRun(prompt, options, listener, tokenizer);
        float[] logits = readPrompt(prompt, listener);
        if (logits == null) {
            return run.result(StopReason.INTERRUPTED);
        }
        run.promptRead();
        if (options.maxTokens() == 0) {
            return run.result(StopReason.LENGTH);
        }
        while (true) {
            int token = run.draw(logits);
            if (run.isEnd(token)) {
                return run.result(StopReason.END_TOKEN);
            }
            if (run.count() == options.maxTokens()) {
                return run.result(StopReason.LENGTH);
            }
            if (executor.length() >= context) {
                return run.result(StopReason.CONTEXT);
            }
            if (Thread.currentThread().isInterrupted()) {
                return run.result(StopReason.INTERRUPTED);
            }
            logits = executor.next(token, logits);
        }
    }

    /// The logits after the prompt; null if the thread was interrupted before.
    private float @Nullable [] readPrompt(int[] prompt, GenerationListener listener) {
        float[] logits = {};
        for (int from = 0; from < prompt.length; from += PROMPT_PIECE) {
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            int to = Math.min(prompt.length, from + PROMPT_PIECE);
            logits = executor.forward(Arrays.copyOfRange(prompt, from, to), to == prompt.length ? 1 : 0);
            listener.promptProgress(to, prompt.length);
        }
        return logits;
    }

    private void check(int[] prompt, int context) {
        if (prompt.length == 0) {
            throw new InputException("the prompt has no tokens", "give a prompt of at least one character");
        }
        if ((long) executor.length() + prompt.length > context) {
            throw new InputException(
                    "the prompt has %d tokens, but %d of the context of %d are left"
                            .formatted(prompt.length, Math.max(0, context - executor.length()), context),
                    "shorten the prompt, or ask for a larger context");
        }
        int vocabulary = executor.program().vocabulary();
        for (int token : prompt) {
            if (token < 0 || token >= vocabulary) {
                throw new InputException(
                        "token %d of the prompt is outside the vocabulary".formatted(token),
                        "the model has %d tokens, numbered from 0".formatted(vocabulary));
            }
        }
    }
}
