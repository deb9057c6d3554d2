package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.layerplan.runtime.InputException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BiFunction;

/// Whatever the bytes, a file is read or refused. Without `JAZZER_FUZZ=1` in the environment only the seeds run,
/// which lie in the resources.
class GgufFuzzTest {
    private static final List<BiFunction<Metadata, String, Object>> GETTERS = List.of(
            Metadata::string,
            Metadata::integer,
            Metadata::real,
            Metadata::flag,
            Metadata::strings,
            Metadata::reals,
            Metadata::integers,
            Metadata::flags,
            Metadata::bytes,
            Metadata::length);

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] bytes) {
        try {
            GgufParser parser = new GgufParser("fuzz", MemorySegment.ofArray(bytes));
            parser.metadata().keys().forEach(key -> get(parser.metadata(), key));
            for (GgufTensor tensor : parser.tensors().weights()) {
                assertThat(tensor.matrix().data().byteSize()).isLessThanOrEqualTo(bytes.length);
            }
            for (GgufBytes tensor : parser.tensors().bytes()) {
                assertThat(tensor.data().byteSize()).isLessThanOrEqualTo(bytes.length);
            }
        } catch (InputException refused) {
            assertThat(refused).message().startsWith("`fuzz`").doesNotContain("\u001B");
        }
    }

    /// Asks for the key as everything it could be: one type fits at least, and the others are refused.
    private static void get(Metadata metadata, String key) {
        int refusals = 0;
        for (BiFunction<Metadata, String, Object> getter : GETTERS) {
            try {
                assertThat(getter.apply(metadata, key)).isNotNull();
            } catch (InputException refused) {
                assertThat(refused).message().startsWith("`fuzz`: key ");
                refusals++;
            }
        }
        assertThat(refusals).isBetween(1, GETTERS.size() - 1);
    }
}
