package io.layerplan.runtime.program.text;

import java.util.ArrayList;
import java.util.List;

/// On which line of the text each part of a program was read.
final class ProgramLines {
    private final List<Integer> weights = new ArrayList<>();
    private final List<Integer> buffers = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();
    private final List<List<Integer>> jobs = new ArrayList<>();
    private int logits = 1;

    void weight(int line) {
        weights.add(line);
    }

    void buffer(int line) {
        buffers.add(line);
    }

    void slot(int line) {
        slots.add(line);
    }

    /// A launch begins.
    void launch() {
        jobs.add(new ArrayList<>());
    }

    /// A job of the latest launch.
    void job(int line) {
        jobs.getLast().add(line);
    }

    void logits(int line) {
        logits = line;
    }

    int ofBuffer(int id) {
        return buffers.get(id);
    }

    int of(Place place) {
        return switch (place) {
            case Place.Header() -> 1;
            case Place.Weight(int id) -> weights.get(id);
            case Place.Slot(int id) -> slots.get(id);
            case Place.BufferEntry(int id) -> buffers.get(id);
            case Place.Job(int launch, int job) -> jobs.get(launch).get(job);
            case Place.Logits() -> logits;
        };
    }
}
