package io.layerplan.runtime.program;

import io.layerplan.runtime.tensor.ElementType;

/// A weight by name, with the type and shape that the program was compiled for.
///
/// @param id printed as `w12`
public record WeightReference(int id, String name, ElementType type, int rows, int columns) {}
