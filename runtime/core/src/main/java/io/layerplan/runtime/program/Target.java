package io.layerplan.runtime.program;

/// Where a projection stores its result.
public sealed interface Target {
    /// Rows of activations.
    record Activations(View y) implements Target {}

    /// The keys of a slot, at the rows' positions.
    record Keys(int slot) implements Target {}

    /// The values of a slot, at the rows' positions.
    record Values(int slot) implements Target {}
}
