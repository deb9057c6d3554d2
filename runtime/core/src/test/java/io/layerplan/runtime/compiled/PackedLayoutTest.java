package io.layerplan.runtime.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.CpuBackend;
import io.layerplan.runtime.cpu.ScalarExecutor;
import io.layerplan.runtime.gguf.GgufBytes;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Compiled plans that carry their weights as integer products take them.
final class PackedLayoutTest {
    private static final int[] TOKENS = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    private static final String TABLE = "token_embd.weight";

    @TempDir
    Path folder;

    private Path model;
    private Path packed;
    private Path bare;

    @BeforeEach
    void name() {
        model = folder.resolve("model.gguf");
        packed = folder.resolve("packed.lpx");
        bare = folder.resolve("bare.lpx");
    }

    private void compile(ElementType type) {
        compile(TinyModel.quantised(type));
    }

    private void compile(Program program) {
        TinyModel.write(model, "tiny", 1, program);
        try (GgufFile file = GgufFile.open(model)) {
            CompiledPlanWriter.write(packed, program, TinyModel.ORIGIN, file, true);
            CompiledPlanWriter.write(bare, program, TinyModel.ORIGIN, file, false);
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void logitsAreTheSameToTheBit(ElementType type) throws IOException {
        compile(type);
        float[] expected;
        float[] token;
        try (CompiledPlan plan = CompiledPlan.open(bare)) {
            expected = plan.logits(TOKENS, TOKENS.length);
            token = plan.logits(7);
        }
        Files.delete(model);
        try (CompiledPlan plan = CompiledPlan.open(packed)) {
            assertThat(plan.logits(TOKENS, TOKENS.length)).isEqualTo(expected);
            assertThat(plan.logits(7)).isEqualTo(token);
        }
    }

    /// Of one input, queries take integers, keys and values floats. Logits reach 26; an ulp of a norm can flip a code,
    /// which changes them by some thousandths.
    @Test
    void aLaunchMayTakeIntegersAndFloats() {
        Program program = TinyModel.integersAndFloats();
        compile(program);
        try (GgufFile file = GgufFile.open(model);
                Executor slow = ScalarExecutor.open(program, new StoredWeights(file, ""), 64, 64);
                CompiledPlan plan = CompiledPlan.open(packed)) {
            assertThat(plan.executor().figures().kernels()).startsWith("vector");
            assertThat(plan.logits(TOKENS, TOKENS.length))
                    .containsExactly(slow.forward(TOKENS, TOKENS.length), within(0.02f));
            slow.truncate(0);
            assertThat(plan.logits(7)).containsExactly(slow.forward(new int[] {7}, 1), within(0.02f));
        }
    }

    /// Rows of bytes are looked up in groups as well.
    @Test
    void holdsATableOfBytesOnce() {
        compile(ElementType.Q8_0);
        try (GgufFile file = GgufFile.open(packed)) {
            assertThat(file.byteTensors()).hasSize(4);
            assertThat(file.tensors()).noneMatch(tensor -> tensor.rows() > 1);
        }
    }

    /// Rows of the table are looked up, and it is the output head too: it is there twice.
    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"Q4_0", "Q5_0", "Q4_K", "Q5_K", "Q6_K"})
    void holdsRepackedWeightsAtLinesOfTheCacheAndOthersOnce(ElementType type) {
        compile(type);
        try (GgufFile file = GgufFile.open(packed)) {
            assertThat(file.metadata().requiredString(Keys.LAYOUT)).isEqualTo("grouped-5");
            assertThat(file.byteTensors()).hasSize(4);
            assertThat(file.byteTensor(PackedWeights.storedName(TABLE, "grouped-5")))
                    .isPresent();
            assertThat(file.byteTensors())
                    .allMatch(tensor -> (tensor.data().address() - file.bytes().address()) % 64 == 0);
            assertThat(file.tensors())
                    .filteredOn(tensor -> tensor.rows() > 1)
                    .extracting(GgufTensor::name)
                    .containsExactly(TABLE);
        }
        try (CompiledPlan plan = CompiledPlan.open(packed);
                CompiledPlan other = CompiledPlan.open(bare)) {
            assertThat(plan.executor().figures().kernels()).doesNotContain("repacked");
            assertThat(other.executor().figures().kernels()).contains("repacked");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"Q8_0", "Q4_0", "Q5_0", "Q4_K", "Q5_K", "Q6_K"})
    void weightsWithoutALayoutStayAsTheyAre(ElementType type) {
        compile(type);
        try (GgufFile file = GgufFile.open(packed)) {
            assertThat(file.metadata().requiredString(Keys.LAYOUT)).isEqualTo(PlanFile.LAYOUT_FILE);
            assertThat(file.byteTensors()).isEmpty();
        }
    }

    @Test
    void refusesAlteredBytesOfRepackedWeights() throws IOException {
        compile(ElementType.Q4_0);
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            GgufBytes tensor;
            long at;
            try (GgufFile file = GgufFile.open(packed)) {
                tensor =
                        file.byteTensors().get(random.nextInt(file.byteTensors().size()));
                at = tensor.data().address()
                        - file.bytes().address()
                        + random.nextLong(tensor.data().byteSize());
            }
            flip(at);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> CompiledPlan.open(packed).close())
                    .withMessage("`%s` is damaged or has been altered: weight `%s` differs"
                            .formatted(packed, tensor.name()));
            flip(at);
        }
        CompiledPlan.open(packed).close();
    }

    private void flip(long at) throws IOException {
        try (FileChannel channel = FileChannel.open(packed, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(one.put(0, (byte) ~one.get(0)).flip(), at);
        }
    }

    @Test
    void refusesTruncations() throws IOException {
        compile(ElementType.Q6_K);
        try (FileChannel channel = FileChannel.open(packed, StandardOpenOption.WRITE)) {
            for (long size = channel.size() - 1; size > 0; size -= channel.size() / 7 + 1) {
                channel.truncate(size);
                assertThatExceptionOfType(InputException.class)
                        .isThrownBy(() -> CompiledPlan.open(packed).close())
                        .withMessageStartingWith("`%s` is damaged or has been altered: ".formatted(packed));
            }
        }
    }

    @Test
    void refusesLayoutsItDoesNotKnowUnlessTheModelIsNamed() {
        compile(ElementType.Q5_0);
        relabel(Map.of(Keys.LAYOUT, "grouped-1"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(packed).close())
                .withMessageEndingWith("key `layerplan.layout` is `grouped-1`, which this runtime does not know")
                .satisfies(e ->
                        assertThat(e.help()).hasValue("compile the plan again, or name the model with `--model FILE`"));
        CompiledPlan.open(packed, CompiledPlanOptions.DEFAULTS.withModel(model)).close();
    }

    @Test
    void tellsOfPackingAndOfCheckingUntilTheyAreDone() {
        Program program = TinyModel.quantised(ElementType.Q4_K);
        TinyModel.write(model, "tiny", 1, program);
        List<String> packing = new ArrayList<>();
        try (GgufFile file = GgufFile.open(model)) {
            CompiledPlanWriter.write(
                    packed,
                    program,
                    TinyModel.ORIGIN,
                    file,
                    new CpuBackend(),
                    true,
                    (what, done, total) -> packing.add("%s %d/%d".formatted(what, done, total)));
        }
        List<String> checking = new ArrayList<>();
        PlanFile.open(packed, (what, done, total) -> checking.add("%s %d/%d".formatted(what, done, total)))
                .close();

        // Four weights in groups, each laid out twice; those and the table and gains as they lie in the file are read.
        assertThat(packing)
                .startsWith("packing weights 0/9")
                .endsWith("packing weights 9/9")
                .hasSize(10);
        int weights = checking.size() - 1;
        assertThat(checking)
                .startsWith("checking weights 0/" + weights)
                .endsWith("checking weights %d/%d".formatted(weights, weights))
                .hasSizeGreaterThan(5);
    }

    @Test
    void aProgramInF32ModeTakesNoRepackedWeights() {
        compile(ElementType.Q5_0);
        String text;
        try (PlanFile file = PlanFile.open(packed)) {
            text = file.metadata().requiredString(Keys.PROGRAM);
        }
        relabel(Map.of(Keys.PROGRAM, text.replace("mode q8", "mode f32")));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(packed).close())
                .withMessageEndingWith("key `layerplan.layout` is `grouped-5`, which this runtime does not know");
    }

    @Test
    void refusesBackendsThatTakeWeightsInAnotherWay() {
        compile(ElementType.Q4_K);
        BackendOptions options = BackendOptions.ofContext(16);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(packed, CompiledPlanOptions.DEFAULTS, new Abacus(), options))
                .withMessage(
                        "`%s` carries its weights as the target `cpu` takes them, and cannot run on the backend `abacus`"
                                .formatted(packed))
                .satisfies(e -> assertThat(e.help())
                        .hasValue("name the model with `--model FILE`, compile the plan without `--pack`, or run it on"
                                + " `--backend cpu`"));
    }

    /// A backend that opens nothing.
    private static final class Abacus implements Backend {
        @Override
        public String name() {
            return "abacus";
        }

        @Override
        public List<Device> devices() {
            return List.of();
        }

        @Override
        public Executor open(Program program, WeightSource weights, BackendOptions options) {
            throw new AssertionError("asked to run");
        }
    }

    /// The packed plan with other keys, sealed again.
    private void relabel(Map<String, ?> keys) {
        try (GgufFile file = GgufFile.open(packed)) {
            GgufWriter writer = new GgufWriter(file.metadata().with(keys)).sealed();
            file.tensors().forEach(tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data));
            file.byteTensors()
                    .forEach(
                            tensor -> writer.bytesInParts(tensor.name(), tensor.shape(), () -> List.of(tensor.data())));
            writer.write(packed);
        }
    }
}
