package io.layerplan.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Thirty thousand times the same, on a small stack: nothing recurses with the text, nothing takes its length squared.
final class LongTextTest {
    private static final int TIMES = 30_000;
    private static final int STACK_BYTES = 192 << 10;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> UNITS = List.of(
            "a", " ", "\n", "1", "!", "人", "\u0301", "Ab", "\t \n", "'s", "<", "<|", " \u3000", "é", "ß ", "\r\n");

    static Stream<String> tokenizers() {
        return Stream.concat(TokenizerJson.BYTE_LEVEL.stream(), TokenizerJson.SENTENCE_PIECE.stream());
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void encodesLongRunsOnASmallStack(String name) throws Exception {
        Tokenizer tokenizer = Tokenizer.of(TokenizerJson.metadata(name));
        for (String unit : UNITS) {
            String text = unit.repeat(TIMES);
            assertThat(onASmallStack(() -> tokenizer.decode(tokenizer.encode(text, EncodeOptions.PLAIN))))
                    .as("%s times [%s]", TIMES, unit)
                    .hasSize(text.length())
                    .isEqualTo(text);
        }
    }

    private static String onASmallStack(Callable<String> work) throws Exception {
        FutureTask<String> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "small stack", STACK_BYTES);
        thread.start();
        return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
