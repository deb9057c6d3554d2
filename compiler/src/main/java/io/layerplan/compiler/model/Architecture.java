package io.layerplan.compiler.model;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Rope;

/// The traits that a GGUF file does not hold, since they go without saying for its `general.architecture`.
///
/// @param name            as in the file, where it is also the prefix of the model's keys
/// @param pairing         which elements of a head are turned together
/// @param qkvBias         biases of queries, keys and values must be there; elsewhere they may be
/// @param queryKeyNorm    whether queries and keys are normalised
/// @param norms           where a layer's norms stand
/// @param activation      the feed-forward's
/// @param scaledEmbedding embeddings are multiplied by `√width`
/// @param ropeFactors     the file may hold rope factors
/// @param windows         which layers have the file's attention window
record Architecture(
        String name,
        Rope.Pairing pairing,
        boolean qkvBias,
        boolean queryKeyNorm,
        NormPlacement norms,
        Activation activation,
        boolean scaledEmbedding,
        boolean ropeFactors,
        Windows windows) {

    /// Which layers of a model with an attention window have it, and how rope differs between those and the
    /// others.
    ///
    /// @param period           layers `period - 1`, `2 period - 1`, … see everything; 0 if all layers have the
    ///        window
    /// @param base             the rope base of the layers that see everything, if the file does not say
    /// @param windowBase       that of the layers with a window, if the file does not say; 0 if it is the other
    ///        one
    /// @param scaleByWidthAt   models of this many layers have the query scale `1/√(width / heads)`, where all
    ///                         others have `1/√(head size)`; 0 for none
    record Windows(int period, double base, double windowBase, int scaleByWidthAt) {}
}
