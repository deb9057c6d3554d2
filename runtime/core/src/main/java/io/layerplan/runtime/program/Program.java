package io.layerplan.runtime.program;

import java.util.List;

/// What an executor runs, for prefill (many tokens) and decode (one token) alike.
///
/// @param name       what people call it: the plan's name
/// @param mode       how activations are treated in matrix products
/// @param vocabulary number of tokens, the width of the logits
/// @param context    the most positions the model was made for
/// @param weights    by id
/// @param buffers    by id
/// @param slots      by id: one for each occurrence of a layer's attention
/// @param launches   in order
/// @param logits     where the logits of the outputs are after the last launch
public record Program(
        String name,
        NumericMode mode,
        int vocabulary,
        int context,
        List<WeightReference> weights,
        List<Buffer> buffers,
        List<KvSlot> slots,
        List<Launch> launches,
        View logits) {
    public Program {
        weights = List.copyOf(weights);
        buffers = List.copyOf(buffers);
        slots = List.copyOf(slots);
        launches = List.copyOf(launches);
    }
}
