package io.layerplan.compiler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tensor.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RandomModelsTest {
    @TempDir
    private Path folder;

    private static Stream<Arguments> everyArchitectureAndType() {
        return ModelShape.ARCHITECTURES.stream()
                .flatMap(architecture ->
                        Arrays.stream(ElementType.values()).map(type -> Arguments.of(architecture, type)));
    }

    @ParameterizedTest
    @MethodSource("everyArchitectureAndType")
    void aFileReadsBackAsTheModelItWasWrittenFrom(String architecture, ElementType type) {
        SplittableRandom random = new SplittableRandom(type.ggufCode());
        for (ModelShape shape :
                List.of(ModelShape.of(architecture, type), ModelShape.random(architecture, type, random))) {
            Model written = RandomModels.model(shape, 7);
            Path path = RandomModels.write(written, folder.resolve("model.gguf"));
            try (GgufFile file = GgufFile.open(path)) {
                Model read = ModelReader.read(file);
                assertThat(read.spec()).isEqualTo(written.spec());
                assertThat(read.weights().keySet()).isEqualTo(written.weights().keySet());
                read.weights().forEach((name, weight) -> {
                    assertThat(weight.type()).isEqualTo(written.weight(name).type());
                    assertThat(weight.data().mismatch(written.weight(name).data()))
                            .isEqualTo(-1);
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyArchitectureAndType")
    void matricesOfADefaultShapeHaveTheTypeAskedFor(String architecture, ElementType type) {
        Model model = RandomModels.model(ModelShape.of(architecture, type), 1);
        assertThat(model.weights().values())
                .filteredOn(weight -> weight.rows() > 1)
                .hasSizeGreaterThan(28)
                .allMatch(weight -> weight.type() == type);
    }

    @Test
    void copiesLayersWithTheirTraits() {
        Model model = RandomModels.model(ModelShape.of("gemma3", ElementType.F32), 1);
        Model copy = RandomModels.relayered(model, List.of(2, 0, 2));
        assertThat(copy.spec().layers()).extracting(LayerSpec::window).containsExactly(0, 5, 0);
        assertThat(copy.weight(WeightNames.attnQ(1))
                        .data()
                        .mismatch(model.weight(WeightNames.attnQ(0)).data()))
                .isEqualTo(-1);
        assertThat(copy.weights()).doesNotContainKey(WeightNames.attnQ(3));
    }
}
