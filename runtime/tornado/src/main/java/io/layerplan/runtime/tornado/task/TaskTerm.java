package io.layerplan.runtime.tornado.task;

import java.util.Optional;
import java.util.OptionalInt;

/// A term of a [TaskJob.Project]; offsets are in the array of floats.
///
/// @param gain    of the norm on the way in; empty for no norm
/// @param epsilon of the norm, the offset of a constant
/// @param weight  what the term is multiplied by, the offset of a constant
/// @param bias    empty for none
/// @param matrix  empty for a row as it is
public record TaskTerm(
        Rows x, OptionalInt gain, int epsilon, int weight, OptionalInt bias, Optional<DeviceMatrix> matrix) {
    String text() {
        String input = gain.isPresent() ? "norm(%s, f%d)".formatted(x.text(), gain.getAsInt()) : x.text();
        String product =
                matrix.map(m -> "matmul(%s, %s)".formatted(input, m.text())).orElse(input);
        return product + (bias.isPresent() ? " + f" + bias.getAsInt() : "") + " * f" + weight;
    }
}
