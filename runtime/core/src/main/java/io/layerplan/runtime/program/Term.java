package io.layerplan.runtime.program;

import java.util.OptionalInt;

/// A term of a [Kernel.Sum].
public sealed interface Term {
    float weight();

    /// `weight · x[t]`
    record Plain(View x, float weight) implements Term {}

    /// `weight · norm(x[t])`: an RMS norm over the whole row; `gain` is a weight's id.
    record Normed(View x, int gain, float epsilon, float weight) implements Term {}

    /// `weight · (matrix · x[t] + bias)`; `matrix` and `bias` are weights' ids.
    record Product(Input x, int matrix, OptionalInt bias, float weight) implements Term {}
}
