package io.layerplan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownCommentsTest {
    private static final String WORDS = "word ".repeat(23).strip();

    @Test
    void carriesWhatDoesNotFitToTheNextLine() {
        assertThat(wrapped("/// " + WORDS + " goes over", "/// and on"))
                .isEqualTo("/// " + WORDS + "\n/// goes over and on\n");
    }

    @Test
    void startsANewLineBeforeAListItemAndBeforeCode() {
        assertThat(wrapped("/// " + WORDS + " over", "/// - item", "class A {}"))
                .isEqualTo("/// " + WORDS + "\n/// over\n/// - item\nclass A {}\n");
        assertThat(wrapped("/// " + WORDS + " over", "class A {}"))
                .isEqualTo("/// " + WORDS + "\n/// over\nclass A {}\n");
    }

    @Test
    void leavesCodeAndTablesAlone() {
        String code = "/// ```\n/// " + WORDS + " over\n/// ```\n/// | " + WORDS + " |\n";
        assertThat(wrapped(code)).isEqualTo(code);
    }

    @Test
    void leavesALongWordAlone() {
        String link = "/// " + "x".repeat(150) + "\n";
        assertThat(wrapped(link)).isEqualTo(link);
    }

    private static String wrapped(String... lines) {
        MarkdownComments comments = new MarkdownComments();
        return comments.restore(comments.hide(String.join("\n", lines)));
    }
}
