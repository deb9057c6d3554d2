package io.layerplan.bench.measure;

/// How fast threads, or a device, read memory if they do nothing else with it than add it up: what a program whose
/// weights are read once a token cannot exceed.
///
/// @param bytes              that were read again and again
/// @param gigabytesPerSecond the best of all passes, all threads together; a GB is 10⁹ bytes
public record ReadBandwidth(long bytes, double gigabytesPerSecond) {}
