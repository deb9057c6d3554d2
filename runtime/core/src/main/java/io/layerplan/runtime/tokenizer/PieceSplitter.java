package io.layerplan.runtime.tokenizer;

import java.text.Normalizer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text at the matches of one regular expression after the other: each stage cuts the pieces of the one before
/// into its matches and what lies between them.
final class PieceSplitter {
    /// Below U+0300 no two characters compose.
    private static final int FIRST_COMBINING = 0x300;

    private final List<Pattern> stages;
    private final boolean composes;

    /// @param composes whether texts are brought into normalisation form C first
    PieceSplitter(List<String> stages, boolean composes) {
        this.stages = stages.stream()
                .map(stage -> Pattern.compile(stage, Pattern.UNICODE_CHARACTER_CLASS))
                .toList();
        this.composes = composes;
    }

    /// Hands out the pieces of `text` from left to right; none is empty.
    void split(String text, Consumer<String> pieces) {
        String composed = composes ? compose(text) : text;
        Matcher[] matchers =
                stages.stream().map(stage -> stage.matcher(composed)).toArray(Matcher[]::new);
        split(composed, 0, composed.length(), matchers, 0, pieces);
    }

    private static void split(String text, int from, int to, Matcher[] matchers, int stage, Consumer<String> pieces) {
        if (from == to) {
            return;
        }
        if (stage == matchers.length) {
            pieces.accept(text.substring(from, to));
            return;
        }
        Matcher matcher = matchers[stage].region(from, to);
        int done = from;
        while (matcher.find()) {
            split(text, done, matcher.start(), matchers, stage + 1, pieces);
            split(text, matcher.start(), matcher.end(), matchers, stage + 1, pieces);
            done = matcher.end();
        }
        split(text, done, to, matchers, stage + 1, pieces);
    }

    private static String compose(String text) {
        boolean composed = text.chars().allMatch(character -> character < FIRST_COMBINING);
        return composed ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
