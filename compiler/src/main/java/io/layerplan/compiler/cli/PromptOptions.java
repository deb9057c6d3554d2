package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is to be continued.
final class PromptOptions {
    private static final int LONGEST = 64 << 20;
    private static final int CHARACTERS_OF_A_TOKEN = 4;

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "TEXT",
            description =
                    "The text to continue. Without it, it is read from standard input; one line end at its end is "
                            + "not part of it.")
    @Nullable
    String prompt;

    @Option(
            names = "--tokens",
            paramLabel = "IDS",
            split = ",",
            description = "Token ids instead of a text, `1,2,3`; nothing is added to them.")
    int @Nullable [] tokens;

    /// About how many token ids [#read] will return, 0 if that is unknown yet.
    int likelyTokens() {
        if (tokens != null) {
            return tokens.length;
        }
        return prompt == null ? 0 : 1 + prompt.length() / CHARACTERS_OF_A_TOKEN;
    }

    /// The prompt's token ids.
    ///
    /// @param planIsStandardInput whether the plan was read from there
    int[] read(Environment environment, Tokenizer tokenizer, boolean planIsStandardInput) {
        if (tokens != null && prompt != null) {
            throw new InputException("both `--prompt` and `--tokens` given", "leave one of them out");
        }
        if (tokens != null) {
            return tokens;
        }
        if (prompt != null) {
            return tokenizer.encode(prompt);
        }
        if (planIsStandardInput) {
            throw new InputException(
                    "standard input holds the plan, so there is no prompt", "give one with `--prompt` or `--tokens`");
        }
        return tokenizer.encode(standardInput(environment));
    }

    private static String standardInput(Environment environment) {
        if (environment.inputIsTerminal()) {
            environment.err().println("Type the text to continue, then Ctrl-D at the start of a line.");
            environment.err().flush();
        }
        try {
            byte[] bytes = environment.in().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new InputException("the prompt on standard input is longer than %d bytes".formatted(LONGEST));
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        } catch (CharacterCodingException e) {
            throw new InputException("the prompt on standard input is not UTF-8", "", e);
        } catch (IOException e) {
            throw new InputException("cannot read standard input: " + IoReasons.reason(e), "", e);
        }
    }
}
