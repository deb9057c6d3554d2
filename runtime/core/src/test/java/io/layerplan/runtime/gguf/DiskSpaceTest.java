package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSpaceTest {
    @TempDir
    Path folder;

    @Test
    void refusesWhatDoesNotFitAndSaysHowMuchThereIs() {
        Path file = Path.of("large.gguf");
        assertThatCode(() -> DiskSpace.require(file, 1000, 1000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DiskSpace.require(file, 2_500_000_000L, 2_400_000_000L))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot write `large.gguf`: it takes 2500.0 MB, and 2400.0 MB are free there");
    }

    @Test
    void nothingIsWrittenWhereAFileCannotFit() throws IOException {
        Path file = folder.resolve("endless.gguf");
        GgufWriter writer = new GgufWriter(Metadata.of(Map.of()))
                .tensor("endless", ElementType.F32, List.of(1L << 31, 1L << 29), () -> {
                    throw new AssertionError("asked for data");
                });
        assertThatThrownBy(() -> writer.write(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("free there");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFolderThatIsAFileIsTheReason() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder").resolve("model.gguf");
        assertThatThrownBy(() -> new GgufWriter(Metadata.of(Map.of())).write(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("cannot write `" + file + "`: ");
    }

    @Test
    void partsOfATensorAreJoined() {
        Path file = folder.resolve("parts.gguf");
        new GgufWriter(Metadata.of(Map.of("general.architecture", "none")))
                .tensorInParts(
                        "joined",
                        ElementType.F16,
                        List.of(3L),
                        () -> List.of(
                                MemorySegment.ofArray(new byte[] {1, 2}),
                                MemorySegment.ofArray(new byte[] {3, 4, 5, 6})))
                .write(file);
        try (GgufFile open = GgufFile.open(file)) {
            MemorySegment data = open.tensor("joined").orElseThrow().data();
            assertThat(data.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }
}
