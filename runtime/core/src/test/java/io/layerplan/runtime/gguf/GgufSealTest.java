package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufSeal.Flaw;
import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufSealTest {
    private static final byte[] FIRST = new byte[12];
    private static final byte[] SECOND = new byte[68];

    @TempDir
    Path folder;

    private Path file;
    private byte[] bytes;

    @BeforeEach
    void writeASealedFile() throws IOException {
        Arrays.fill(FIRST, (byte) 1);
        Arrays.fill(SECOND, (byte) 2);
        file = folder.resolve("sealed.gguf");
        new GgufWriter(Metadata.of(Map.of("general.name", "x", "numbers", new int[] {1, 2})))
                .tensor("first", ElementType.F32, List.of(3L), () -> MemorySegment.ofArray(FIRST))
                .tensor("second", ElementType.Q8_0, List.of(32L, 2L), () -> MemorySegment.ofArray(SECOND))
                .sealed()
                .write(file);
        bytes = Files.readAllBytes(file);
    }

    @Test
    void findsNoFlawInWhatWasWritten() throws IOException {
        assertThat(flaw(bytes)).isEqualTo(Flaw.NONE);
    }

    @Test
    void findsEveryAlteredByteOutsideTheTensors() throws IOException {
        int data = 0;
        Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            Flaw flaw;
            try {
                flaw = flaw(altered);
            } catch (InputException e) {
                continue;
            }
            flaws.add(flaw);
            if (flaw == Flaw.NONE) {
                assertThat(bytes[i]).as("byte %d", i).isBetween((byte) 1, (byte) 2);
                data++;
            }
        }
        assertThat(data).isEqualTo(FIRST.length + SECOND.length);
        assertThat(flaws).containsExactlyInAnyOrder(Flaw.values());
    }

    @Test
    void findsEveryTruncationAndWhatWasAppended() throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            try {
                assertThat(flaw(Arrays.copyOf(bytes, length)))
                        .as("%d bytes", length)
                        .isEqualTo(Flaw.NO_SEAL);
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("cut.gguf");
            }
        }
        assertThat(flaw(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Flaw.NO_SEAL);
    }

    private Flaw flaw(byte[] content) throws IOException {
        Path altered = folder.resolve("cut.gguf");
        Files.write(altered, content);
        try (GgufFile opened = GgufFile.open(altered)) {
            return GgufSeal.check(opened);
        }
    }
}
