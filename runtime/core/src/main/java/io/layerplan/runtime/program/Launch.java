package io.layerplan.runtime.program;

import java.util.List;

/// What all workers do together (or one TornadoVM task): jobs that do not depend on each other, and a barrier after
/// them.
public record Launch(List<Kernel> jobs) {
    public Launch {
        jobs = List.copyOf(jobs);
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("a launch without jobs");
        }
    }
}
