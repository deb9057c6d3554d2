package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.runtime.program.Buffer.Rows;

/// The launches during which a place in a buffer is taken, by one value or by several that take each other's place.
final class Tenancy {
    private final Activations type;
    private final int from;
    private int to;
    private int buffer = -1;

    /// @param from the launch that writes the place first
    Tenancy(Activations type, int from) {
        this.type = type;
        this.from = from;
        this.to = from;
    }

    Rows rows() {
        return type.rows();
    }

    int width() {
        return type.width();
    }

    int from() {
        return from;
    }

    /// The launch that reads the place last.
    int to() {
        return to;
    }

    void lastsTo(int launch) {
        to = launch;
    }

    int buffer() {
        return buffer;
    }

    void settle(int inBuffer) {
        buffer = inBuffer;
    }
}
