package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTest {
    @TempDir
    private Path folder;

    @Test
    void writesWhatTheReaderReads() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "ß 漢 😀");
        values.put("small", 7);
        values.put("negative", -7);
        values.put("large", 1L << 40);
        values.put("real", 0.1);
        values.put("float", 0.25f);
        values.put("flag", true);
        values.put("words", List.of("a", "", "漢"));
        values.put("floats", new float[] {1, -2.5f});
        values.put("integers", new int[] {3, -4});
        values.put("flags", new boolean[] {true, false});
        values.put("bytes", new byte[] {1, -1});
        byte[] data = new byte[3 * 34];
        data[5] = 42;
        Path path = folder.resolve("all.gguf");
        new GgufWriter(Metadata.of(values))
                .tensor("odd", ElementType.F16, List.of(3L), () -> MemorySegment.ofArray(new byte[6]))
                .tensor(new Matrix("blocks", ElementType.Q8_0, 3, 32, MemorySegment.ofArray(data)))
                .write(path);

        try (GgufFile file = GgufFile.open(path)) {
            Metadata metadata = file.metadata();
            assertThat(metadata.keys()).containsExactlyElementsOf(values.keySet());
            assertThat(metadata.string("text")).contains("ß 漢 😀");
            assertThat(metadata.integer("small")).hasValue(7);
            assertThat(metadata.integer("negative")).hasValue(-7);
            assertThat(metadata.integer("large")).hasValue(1L << 40);
            assertThat(metadata.real("real")).hasValue(0.1);
            assertThat(metadata.real("float")).hasValue(0.25);
            assertThat(metadata.real("small")).hasValue(7);
            assertThat(metadata.flag("flag")).contains(true);
            assertThat(metadata.requiredStrings("words")).containsExactly("a", "", "漢");
            assertThat(metadata.length("words")).hasValue(3);
            assertThat(metadata.requiredReals("floats")).containsExactly(1, -2.5f);
            assertThat(metadata.requiredReals("integers")).containsExactly(3, -4);
            assertThat(metadata.requiredIntegers("integers")).containsExactly(3, -4);
            assertThat(metadata.flags("flags").orElseThrow()).containsExactly(true, false);
            assertThat(metadata.bytes("bytes").orElseThrow()).containsExactly(1, -1);
            assertThat(file.tensors()).extracting(GgufTensor::label).containsExactly("f16[3]", "q8_0[32, 3]");
            Matrix blocks = file.tensor("blocks").orElseThrow().matrix();
            assertThat(blocks.data().mismatch(MemorySegment.ofArray(data))).isEqualTo(-1);
            assertThat(blocks.data().isReadOnly()).isTrue();
        }
    }

    @Test
    void honoursTheAlignment() throws IOException {
        Path path = folder.resolve("aligned.gguf");
        new GgufWriter(Metadata.of(Map.of("general.alignment", 256)))
                .tensor("x", ElementType.F32, List.of(1L), () -> MemorySegment.ofArray(new byte[4]))
                .write(path);
        assertThat(Files.size(path)).isEqualTo(512);
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.tensors()).hasSize(1);
        }
    }

    @Test
    void aFailureLeavesTheOldFileAndNoPart() throws IOException {
        Path path = folder.resolve("kept.gguf");
        Files.writeString(path, "old");
        GgufWriter writer = new GgufWriter(Metadata.of(Map.of()))
                .tensor("short", ElementType.F32, List.of(2L), () -> MemorySegment.ofArray(new byte[4]));
        assertThatThrownBy(() -> writer.write(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("short: 4 bytes instead of 8");
        assertThat(Files.readString(path)).isEqualTo("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Path path = folder.resolve("missing").resolve("x.gguf");
        assertThatThrownBy(() -> new GgufWriter(Metadata.of(Map.of())).write(path))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot write `%s`: no such file or folder", path);
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        GgufWriter writer = new GgufWriter(Metadata.of(Map.of()))
                .tensor("x", ElementType.F32, List.of(1L), () -> MemorySegment.ofArray(new byte[4]));
        assertThatThrownBy(() ->
                        writer.tensor("x", ElementType.F32, List.of(1L), () -> MemorySegment.ofArray(new byte[4])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
