package io.layerplan.runtime.kernel;

/// How the activations of many tokens lie for products. What tokens come first is up to the kernels: a packing is a
/// name that [RowKernels#pack] and a [MatrixKernel] agree on.
public enum Packing {
    /// For weights as their files have them, whose rows are decoded one by one.
    PANELS,

    /// For weights whose rows lie side by side in groups.
    STRIPS
}
