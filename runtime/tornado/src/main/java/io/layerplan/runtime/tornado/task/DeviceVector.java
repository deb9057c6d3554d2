package io.layerplan.runtime.tornado.task;

/// A gain or a bias on the device, as 32-bit floats.
///
/// @param weight the program's number of it
/// @param offset where it begins in the array of floats
public record DeviceVector(int weight, int size, int offset) {}
