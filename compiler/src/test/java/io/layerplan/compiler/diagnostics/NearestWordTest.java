package io.layerplan.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestWordTest {
    private static final List<String> KNOWN = List.of("skip", "par", "param", "last", "n");

    @ParameterizedTest
    @CsvSource({
        "skpi, skip",
        "SKIP, skip",
        "skipp, skip",
        "pkips, skip",
        "spar, par",
        "parm, par",
        "lsta, last",
        "m, n",
        "paramss, param"
    })
    void findsTheWordWithTheFewestEdits(String word, String nearest) {
        assertThat(NearestWord.to(word, KNOWN)).contains(nearest);
    }

    @ParameterizedTest
    @CsvSource({"spike", "xy", "foo", "pxx", "parameter", "''"})
    void findsNothingFarAway(String word) {
        assertThat(NearestWord.to(word, List.of("skip", "par", "param"))).isEmpty();
    }

    @Test
    void doesNotCompareEndlessly() {
        String endless = "a".repeat(1_000_000);
        assertThat(NearestWord.to(endless, List.of(endless + "b"))).isEmpty();
        assertThat(NearestWord.to("skpi", Collections.nCopies(1_000_000, "loop")))
                .isEmpty();
    }
}
