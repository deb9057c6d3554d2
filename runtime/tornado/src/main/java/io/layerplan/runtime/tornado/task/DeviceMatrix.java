package io.layerplan.runtime.tornado.task;

/// A matrix on the device.
///
/// @param weight the program's number of it
/// @param a      where its words begin, in the array of floats for [DeviceFormat#F32], of words for the others
/// @param d      where the scales of its second plane begin
public record DeviceMatrix(int weight, DeviceFormat format, int rows, int columns, int a, int d) {
    /// `w3 q8_0 @ 0, 16384`
    String text() {
        return "w%d %s @%d,%d".formatted(weight, format.label(), a, d);
    }
}
