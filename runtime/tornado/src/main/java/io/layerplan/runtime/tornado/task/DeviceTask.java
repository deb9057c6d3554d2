package io.layerplan.runtime.tornado.task;

import java.util.List;
import java.util.stream.Stream;

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
        ATTEND,
        MERGE
    }

    /// The kernel for a job.
    static Kind kind(TaskJob job) {
        return switch (job) {
            case TaskJob.Embed _ -> Kind.EMBED;
            case TaskJob.Project _ -> Kind.PROJECT;
            case TaskJob.Attend _ -> Kind.ATTEND;
            case TaskJob.Merge _ -> Kind.MERGE;
        };
    }

    /// The formats of all matrices that are read, as bits ([DeviceFormat#bit]): the kernel for the task is compiled
    /// with a loop for these alone.
    public int formats() {
        return jobs.stream()
                .flatMap(DeviceTask::matrices)
                .mapToInt(matrix -> matrix.format().bit())
                .reduce(0, (a, b) -> a | b);
    }

    private static Stream<DeviceMatrix> matrices(TaskJob job) {
        return switch (job) {
            case TaskJob.Embed(var table, int _, var _) -> Stream.of(table);
            case TaskJob.Project(var terms, var _, var _, var _) ->
                terms.stream().flatMap(term -> term.matrix().stream());
            case TaskJob.Attend _, TaskJob.Merge _ -> Stream.empty();
        };
    }
}
