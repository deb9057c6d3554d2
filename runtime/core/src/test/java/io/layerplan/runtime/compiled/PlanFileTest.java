package io.layerplan.runtime.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.GgufWriter;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanFileTest {
    @TempDir
    Path folder;

    private Path model;
    private Path packed;
    private Path bare;

    @BeforeEach
    void compile() {
        model = TinyModel.write(folder.resolve("tiny.gguf"), "tiny", 1);
        packed = folder.resolve("packed.lpx");
        bare = folder.resolve("bare.lpx");
        try (GgufFile file = GgufFile.open(model)) {
            CompiledPlanWriter.write(packed, TinyModel.PROGRAM, TinyModel.ORIGIN, file, true);
            CompiledPlanWriter.write(bare, TinyModel.PROGRAM, TinyModel.ORIGIN, file, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed.lpx", "bare.lpx"})
    void holdsWhatWasWritten(String name) {
        try (PlanFile plan = PlanFile.open(folder.resolve(name))) {
            assertThat(plan.program()).isEqualTo(TinyModel.PROGRAM);
            assertThat(plan.origin()).isEqualTo(TinyModel.ORIGIN);
            assertThat(plan.recordedModel()).isEqualTo(model.toAbsolutePath());
            assertThat(plan.fingerprint().name()).isEqualTo("tiny");
            assertThat(plan.isPacked()).isEqualTo(name.equals("packed.lpx"));
            assertThat(plan.file().tensors()).hasSize(plan.isPacked() ? 5 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed.lpx", "bare.lpx"})
    void refusesEveryAlteredByte(String name) throws IOException {
        Path altered = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(altered, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            assertThat(size).isBetween(3_000L, 20_000L);
            ByteBuffer one = ByteBuffer.allocate(1);
            for (long i = 0; i < size; i++) {
                channel.read(one.clear(), i);
                byte before = one.get(0);
                byte after = (byte) (before ^ 1 << i % 8);
                channel.write(one.clear().put(0, after), i);
                assertThatExceptionOfType(InputException.class)
                        .as("byte %d", i)
                        .isThrownBy(() -> PlanFile.open(altered).close())
                        .withMessageContaining(name);
                channel.write(one.clear().put(0, before), i);
            }
        }
        PlanFile.open(altered).close();
    }

    @Test
    void refusesEveryTruncationAndWhatIsAppended() throws IOException {
        byte[] bytes = Files.readAllBytes(packed);
        Path longer = Files.write(folder.resolve("longer.lpx"), Arrays.copyOf(bytes, bytes.length + 1));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(longer).close())
                .withMessageContaining("does not end with its seal");
        try (FileChannel channel = FileChannel.open(packed, StandardOpenOption.WRITE)) {
            for (long size = channel.size() - 1; size >= 0; size--) {
                channel.truncate(size);
                assertThatExceptionOfType(InputException.class)
                        .as("%d bytes", size)
                        .isThrownBy(() -> PlanFile.open(packed).close())
                        .withMessageContaining("packed.lpx");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "run all, key `layerplan.source.text` differs",
        "tiny plan\" {, key `layerplan.program` differs",
        "tiny.plan, key `layerplan.source.name` differs"
    })
    void namesTheAlteredKey(String text, String message) throws IOException {
        overwrite(packed, text, 'X');
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessageStartingWith("`%s` is damaged or has been altered: ".formatted(packed))
                .withMessageEndingWith(message);
    }

    @Test
    void whatDoesNotParseIsDamaged() throws IOException {
        overwrite(packed, "GGUF", 'X');
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessage("`%s` is damaged or has been altered: it is no GGUF file: it does not begin with `GGUF`"
                        .formatted(packed))
                .satisfies(e -> assertThat(e.help()).hasValue("compile the plan again"));
    }

    @Test
    void namesTheAlteredWeight() throws IOException {
        long offset;
        try (GgufFile file = GgufFile.open(packed)) {
            GgufTensor tensor = file.tensor("attn_k.weight").orElseThrow();
            offset = tensor.data().address() - file.bytes().address() + 100;
        }
        alter(packed, offset);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessageEndingWith("weight `attn_k.weight` differs");
    }

    @Test
    void namesBothVersionsWhereTheyDiffer() {
        rewrite(Map.of(Keys.VERSION, PlanFile.VERSION + 1));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessage(
                        "`%s` is a compiled plan of version 2, and this runtime reads version 1".formatted(packed));
    }

    @Test
    void refusesTargetsItDoesNotKnow() {
        rewrite(Map.of(Keys.TARGET, "abacus"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessageEndingWith("key `layerplan.target` is `abacus`, which this runtime does not know");
    }

    @Test
    void refusesProgramsThatDoNotHold() {
        rewrite(Map.of(Keys.PROGRAM, "program \"x\" {\n  mode f64"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(packed).close())
                .withMessage(
                        "`%s`: program, line 2: expected a numeric mode (`f32`, `q8`), found `f64`".formatted(packed));
    }

    @ParameterizedTest
    @CsvSource({"'a\u0000b', 'key `layerplan.model.path` is no path: Nul character not allowed'", "/, `/` is a folder"})
    void refusesRecordedPathsThatAreNone(String path, String message) {
        rewrite(Map.of(Keys.MODEL_PATH, path, Keys.LAYOUT, PlanFile.LAYOUT_NONE));
        try (PlanFile plan = PlanFile.open(packed)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ModelFinder.open(plan, Optional.empty(), Progress.NONE)
                            .close())
                    .withMessageContaining(message);
        }
    }

    @Test
    void refusesModels() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PlanFile.open(model).close())
                .withMessageEndingWith("is no compiled plan: it holds a model of architecture `llama`");
    }

    @Test
    void refusesEveryAlteredByteOfTheModelThatMatters() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        TreeSet<Long> harmless = new TreeSet<>();
        try (PlanFile plan = PlanFile.open(bare);
                FileChannel channel = FileChannel.open(model, StandardOpenOption.WRITE)) {
            for (int i = 0; i < bytes.length; i++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[i] ^ 0x40)}), i);
                try {
                    ModelFinder.open(plan, Optional.empty(), Progress.NONE).close();
                    harmless.add((long) i);
                } catch (InputException e) {
                    assertThat(e).hasMessageContaining("tiny.gguf");
                }
                channel.write(ByteBuffer.wrap(bytes, i, 1), i);
            }
        }
        TreeSet<Long> unused = new TreeSet<>();
        try (GgufFile file = GgufFile.open(model)) {
            for (long i = 0; i < file.size(); i++) {
                if (isUnused(file, i)) {
                    unused.add(i);
                }
            }
        }
        assertThat(unused).containsAll(harmless);
        assertThat(harmless).hasSizeGreaterThan(28);
    }

    /// Padding, what describes and holds the unused weight.
    private static boolean isUnused(GgufFile file, long offset) {
        long data = file.tensors().getFirst().data().address() - file.bytes().address();
        if (offset < data) {
            String head = new String(
                    file.bytes().asSlice(0, data).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
            int description = head.indexOf("unused.weight");
            int table = head.lastIndexOf("attn_v.weight");
            return (offset >= description - 8 && offset < description + 13 + 24) || offset >= table + 13 + 4 + 16 + 12;
        }
        return file.tensors().stream().noneMatch(tensor -> {
            long from = tensor.data().address() - file.bytes().address();
            return !tensor.name().startsWith("unused")
                    && offset >= from
                    && offset < from + tensor.data().byteSize();
        });
    }

    @Test
    void anUnwritableFolderLeavesNothing() throws IOException {
        try (GgufFile file = GgufFile.open(model)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> CompiledPlanWriter.write(
                            folder.resolve("missing").resolve("x.lpx"),
                            TinyModel.PROGRAM,
                            TinyModel.ORIGIN,
                            file,
                            true))
                    .withMessageContaining("cannot write");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void neverReplacesTheModel() {
        try (GgufFile file = GgufFile.open(model)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> CompiledPlanWriter.write(
                            folder.resolve(".").resolve("tiny.gguf"), TinyModel.PROGRAM, TinyModel.ORIGIN, file, true))
                    .withMessageContaining("is the model");
        }
    }

    /// The packed plan with other keys, sealed again.
    private void rewrite(Map<String, ?> keys) {
        try (GgufFile file = GgufFile.open(packed)) {
            GgufWriter writer = new GgufWriter(file.metadata().with(keys)).sealed();
            List<GgufTensor> tensors = file.tensors();
            tensors.forEach(tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data));
            writer.write(packed);
        }
    }

    private static void overwrite(Path file, String text, char replacement) throws IOException {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int at = bytes.indexOf(text);
        assertThat(at).isNotNegative();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) replacement}), at);
        }
    }

    private static void alter(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~bytes[(int) offset]}), offset);
        }
    }
}
