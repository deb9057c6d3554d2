package io.layerplan.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A model whose bytes were changed at random is read or refused, and nothing else happens.
class DamagedModelTest {
    private static final int TRIALS = 300;
    private static final long[] NUMBERS = {0, 1, 2, 3, 7, 255, 65_536, Integer.MAX_VALUE, 1L << 32, Long.MIN_VALUE, -1};

    @TempDir
    private Path folder;

    private static List<String> architectures() {
        return ModelShape.ARCHITECTURES;
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void isReadOrRefused(String architecture) throws IOException {
        ModelShape shape = new ModelShape(architecture, 2, 8, 2, 1, 4, 8, 257, 3, true, true, List.of(ElementType.F32));
        byte[] good = Files.readAllBytes(RandomModels.write(shape, 5, folder.resolve("good.gguf")));
        int head = good.length - headless(shape);
        SplittableRandom random = new SplittableRandom(architecture.hashCode());
        int refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Path path = Files.write(folder.resolve("damaged.gguf"), damaged(good, head, random));
            try (GgufFile file = GgufFile.open(path)) {
                assertThat(ModelReader.read(file).spec().layers()).isNotEmpty();
            } catch (InputException e) {
                assertThat(e).message().contains("damaged.gguf");
                refused++;
            }
        }
        assertThat(refused).isBetween(TRIALS / 4, TRIALS - 1);
    }

    /// Changes one to three numbers or letters before byte `head`.
    private static byte[] damaged(byte[] good, int head, SplittableRandom random) {
        byte[] bytes = good.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            // Half of the changes are in the first keys; the tokens are most of the rest.
            int place = random.nextInt(4, random.nextBoolean() ? 800 : head - Long.BYTES);
            long number = NUMBERS[random.nextInt(NUMBERS.length)];
            switch (random.nextInt(3)) {
                case 0 -> buffer.put(place, (byte) random.nextInt());
                case 1 -> buffer.putInt(place, (int) number);
                default -> buffer.putLong(place, number);
            }
        }
        return bytes;
    }

    /// At most the bytes of the weights and their padding.
    private static int headless(ModelShape shape) {
        return RandomModels.model(shape, 5).weights().values().stream()
                .mapToInt(weight -> (int) weight.data().byteSize())
                .sum();
    }
}
