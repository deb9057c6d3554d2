package io.layerplan.bench.random;

import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.SpecKeys;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.compiler.model.WeightShapes;
import io.layerplan.compiler.model.WeightShapes.Shape;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tokenizer.ByteTokenizer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A model that says nothing, in a file that readers of GGUF accept. Its weights are scaled so that activations stay
/// about 1, as those of trained models do, and neither overflow nor become denormal, which would be slow.
///
/// @param mix  of its matrices; gains are F32
/// @param seed the same file for the same seed
public record RandomModel(ModelSpec spec, WeightMix mix, long seed) {
    /// Of embeddings, as models are initialised.
    private static final double EMBEDDING_DEVIATION = 0.02;

    private static final double GAIN_SPREAD = 0.2;

    /// @throws InputException if the blocks of a format do not fill the rows of a matrix
    public RandomModel {
        for (Map.Entry<String, Shape> weight : WeightShapes.of(spec).entrySet()) {
            int columns = weight.getValue().columns();
            ElementType type = type(weight.getKey(), weight.getValue(), mix, spec);
            if (columns % type.blockElements() != 0) {
                throw new InputException(
                        "rows of `%s` have %d elements, and blocks of %s have %d"
                                .formatted(weight.getKey(), columns, type.label(), type.blockElements()),
                        "choose widths that are multiples of %d, or another format".formatted(type.blockElements()));
            }
        }
    }

    private static ElementType type(String name, Shape shape, WeightMix mix, ModelSpec spec) {
        return shape.rows() == 1
                ? ElementType.F32
                : mix.type(name, spec.layers().size());
    }

    private ElementType type(String name, Shape shape) {
        return type(name, shape, mix, spec);
    }

    /// How many weights it has, each counted once.
    public long parameters() {
        return WeightShapes.of(spec).values().stream()
                .mapToLong(shape -> (long) shape.rows() * shape.columns())
                .sum();
    }

    /// Writes it, a part of a weight at a time.
    ///
    /// @param progress is told the name of each weight as it is written
    /// @throws InputException if it cannot be written, or does not fit on the disk
    public void write(Path path, Consumer<String> progress) {
        Map<String, Object> keys = new LinkedHashMap<>(SpecKeys.of(spec));
        keys.putAll(ByteTokenizer.keys(spec.vocabulary()));
        GgufWriter writer = new GgufWriter(Metadata.of(keys));
        SplittableRandom random = new SplittableRandom(seed);
        WeightShapes.of(spec).forEach((name, shape) -> add(writer, name, shape, random.split(), progress));
        writer.write(path);
    }

    private void add(GgufWriter writer, String name, Shape shape, SplittableRandom random, Consumer<String> progress) {
        ElementType type = type(name, shape);
        long bytes = shape.rows() * type.rowBytes(shape.columns());
        List<Long> dimensions = shape.rows() == 1
                ? List.of((long) shape.columns())
                : List.of((long) shape.columns(), (long) shape.rows());
        writer.tensorInParts(name, type, dimensions, () -> {
            progress.accept(name);
            return shape.rows() == 1
                    ? List.of(gains(shape.columns(), random))
                    : new RandomBlocks(type, deviation(name, shape), random).parts(bytes);
        });
    }

    private double deviation(String name, Shape shape) {
        return name.equals(WeightNames.tokenEmbedding()) ? EMBEDDING_DEVIATION : 1 / Math.sqrt(shape.columns());
    }

    private static MemorySegment gains(int count, SplittableRandom random) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) random.nextDouble(1 - GAIN_SPREAD, 1 + GAIN_SPREAD));
        }
        return MemorySegment.ofBuffer(bytes.flip());
    }
}
