package io.layerplan.compiler.model;

import io.layerplan.runtime.program.Activation;
import java.util.List;

/// The traits of a model: everything the graph builder needs to know apart from the weights, which it refers to by the
/// names of [WeightNames]. There is nothing here, or behind it, that is particular to a family of models.
///
/// @param name           what people call it
/// @param architecture   the name of its architecture in the file, for people
/// @param width          elements of the residual stream
/// @param vocabulary     rows of the token embedding
/// @param context        the most positions it was made for
/// @param tiedHead       the output head is the token embedding
/// @param embeddingScale what embeddings are multiplied by; 1 in most models
/// @param normEpsilon    what is added to the mean square in every norm
/// @param normPlacement  where the norms of a layer stand
/// @param queryKeyNorm   queries and keys are normalised head by head before they are turned
/// @param qkvBias        queries, keys and values have biases
/// @param outputBias     attention's output projection has a bias
/// @param activation     the feed-forward's: `down(activation(gate(x)) ⊙ up(x))`
/// @param layers         by number
public record ModelSpec(
        String name,
        String architecture,
        int width,
        int vocabulary,
        int context,
        boolean tiedHead,
        float embeddingScale,
        float normEpsilon,
        NormPlacement normPlacement,
        boolean queryKeyNorm,
        boolean qkvBias,
        boolean outputBias,
        Activation activation,
        List<LayerSpec> layers) {
    public ModelSpec {
        layers = List.copyOf(layers);
        if (width < 1 || vocabulary < 1 || context < 1 || layers.isEmpty()) {
            throw new IllegalArgumentException("width %d, vocabulary %d, context %d, %d layers"
                    .formatted(width, vocabulary, context, layers.size()));
        }
        if (!(embeddingScale > 0) || !(normEpsilon >= 0)) {
            throw new IllegalArgumentException(
                    "embedding scale %s, norm epsilon %s".formatted(embeddingScale, normEpsilon));
        }
    }

    /// The traits of layer `number`.
    public LayerSpec layer(int number) {
        return layers.get(number);
    }

    /// The number of the highest layer.
    public int lastLayer() {
        return layers.size() - 1;
    }
}
