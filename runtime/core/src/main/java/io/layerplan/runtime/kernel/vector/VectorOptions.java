package io.layerplan.runtime.kernel.vector;

/// What is left open to vectorised kernels.
///
/// @param repack               whether weights are repacked, or stay as files have them
/// @param packsCodes           whether products of integers are formed of many tokens, too
/// @param multipliesSubnormals whether the processor multiplies subnormal floats as fast as others: a matter of speed,
///                             results are the same to the bit, but for rounding with Q8_0
public record VectorOptions(boolean repack, boolean packsCodes, boolean multipliesSubnormals) {}
