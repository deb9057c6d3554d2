package io.layerplan.compiler.model;

import io.layerplan.compiler.model.WeightShapes.Shape;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Quoted;
import io.layerplan.runtime.tensor.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads models from GGUF files.
public final class ModelReader {
    /// A table that old converters stored, and that follows from the rope base.
    private static final String REDUNDANT = ".attn_rot_embd.weight";

    private static final int MOST_TOKENS = 1 << 24;

    private final GgufFile file;

    private ModelReader(GgufFile file) {
        this.file = file;
    }

    /// The model in a file. Its weights are views of the file, which has to stay open.
    ///
    /// @throws InputException if the architecture or one of its traits is not supported, or a key or tensor is
    ///                        missing, wrong or unknown; the message names it
    public static Model read(GgufFile file) {
        return new ModelReader(file).read();
    }

    private Model read() {
        checkWhole(file.metadata());
        file.requireWeights();
        TraitReader traits = new TraitReader(file);
        ModelSpec spec = traits.read(vocabulary());
        Map<String, Shape> shapes = WeightShapes.of(spec);
        Map<String, Matrix> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> weights.put(name, weight(name, shape)));
        file.tensors().stream()
                .map(GgufTensor::name)
                .filter(name -> !shapes.containsKey(name) && !name.endsWith(REDUNDANT))
                .findFirst()
                .ifPresent(name -> {
                    throw refuse(name, "has no place in a model of architecture `%s`".formatted(spec.architecture()));
                });
        return new Model(spec, weights);
    }

    /// A file may also hold an adapter, or one part of a model.
    private void checkWhole(Metadata metadata) {
        String type = metadata.string("general.type").orElse("model");
        if (!type.equals("model")) {
            throw metadata.refuse("general.type", "is %s, expected `model`".formatted(Quoted.of(type)));
        }
        long parts = metadata.integer("split.count").orElse(1);
        if (parts > 1) {
            throw new InputException(
                    "`%s` is one part of a model split into %d".formatted(file.path(), parts),
                    "`llama-gguf-split --merge` of llama.cpp joins them");
        }
    }

    /// The number of tokens: the rows of the embedding, and the length of the token list if there is one.
    private int vocabulary() {
        long rows = tensor(WeightNames.tokenEmbedding()).rows();
        if (rows > MOST_TOKENS) {
            throw refuse(WeightNames.tokenEmbedding(), "has %d rows, expected at most %d".formatted(rows, MOST_TOKENS));
        }
        String key = "tokenizer.ggml.tokens";
        file.metadata().length(key).ifPresent(tokens -> {
            if (tokens != rows) {
                throw file.metadata()
                        .refuse(
                                key,
                                "has %d elements, but tensor `%s` has %d rows"
                                        .formatted(tokens, WeightNames.tokenEmbedding(), rows));
            }
        });
        return (int) rows;
    }

    private Matrix weight(String name, Shape shape) {
        GgufTensor tensor = tensor(name);
        if (tensor.rows() != shape.rows() || tensor.columns() != shape.columns()) {
            throw refuse(
                    name,
                    "is %d x %d, expected %d x %d (outputs x inputs)"
                            .formatted(tensor.rows(), tensor.columns(), shape.rows(), shape.columns()));
        }
        return tensor.matrix();
    }

    private GgufTensor tensor(String name) {
        return file.tensor(name).orElseThrow(() -> refuse(name, "is missing"));
    }

    private InputException refuse(String tensor, String what) {
        return new InputException("`%s`: tensor %s %s".formatted(file.path(), Quoted.of(tensor), what));
    }
}
