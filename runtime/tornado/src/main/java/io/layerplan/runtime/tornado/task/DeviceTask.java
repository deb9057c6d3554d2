package io.layerplan.runtime.tornado.task;

import java.util.List;

/// One launch of a kernel: jobs of one kind that do not depend on each other.
///
/// @param launch the program's launch that it is, or is a part of
public record DeviceTask(int launch, Kind kind, List<TaskJob> jobs) {
    public DeviceTask {
        jobs = List.copyOf(jobs);
    }

    /// Which kernel runs.
    public enum Kind {
        EMBED,
        PROJECT,
        ATTEND
    }

    /// The kernel for a job.
    static Kind kind(TaskJob job) {
        return switch (job) {
            case TaskJob.Embed _ -> Kind.EMBED;
            case TaskJob.Project _ -> Kind.PROJECT;
            case TaskJob.Attend _ -> Kind.ATTEND;
        };
    }
}
