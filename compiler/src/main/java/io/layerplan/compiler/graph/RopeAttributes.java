package io.layerplan.compiler.graph;

import io.layerplan.runtime.program.Rope.Pairing;

/// The constants of a [Op.Rotate]: those of [io.layerplan.runtime.program.Rope], whose formula it is, with the size of
/// a head.
public record RopeAttributes(Pairing pairing, int dimensions, double base, double scale, int headSize) {}
