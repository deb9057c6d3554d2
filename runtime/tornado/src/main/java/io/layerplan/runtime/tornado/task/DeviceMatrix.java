package io.layerplan.runtime.tornado.task;

/// A matrix on the device.
///
/// @param weight the program's number of it
/// @param a      where its planes begin, in the array of floats for [DeviceFormat#F32], of words for the others
public record DeviceMatrix(int weight, DeviceFormat format, int rows, int columns, int a, int b, int c, int d) {
    /// `w3 q8_0 @ 0, 0, 0, 16384`
    String text() {
        return "w%d %s @%d,%d,%d,%d".formatted(weight, format.name().toLowerCase(java.util.Locale.ROOT), a, b, c, d);
    }
}
