package io.layerplan.runtime.program;

/// Keys and values of one occurrence of a layer's attention: two matrices of `positions x width` floats.
///
/// @param id     printed as `kv3`
/// @param layer  the layer whose attention writes it, for people
/// @param width  key/value heads x head size
/// @param window a position sees itself and the `window - 1` positions before it; 0 is all of them
public record KvSlot(int id, int layer, int width, int window) {}
