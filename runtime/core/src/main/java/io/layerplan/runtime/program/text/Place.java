package io.layerplan.runtime.program.text;

/// A part of a program that a fault can be in.
sealed interface Place {
    record Header() implements Place {}

    record Weight(int id) implements Place {}

    record BufferEntry(int id) implements Place {}

    record Slot(int id) implements Place {}

    record Job(int launch, int job) implements Place {}

    record Logits() implements Place {}
}
