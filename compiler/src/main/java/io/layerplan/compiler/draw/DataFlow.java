package io.layerplan.compiler.draw;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.text.Accesses;
import io.layerplan.runtime.program.text.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which job of a program reads what which other job has written.
final class DataFlow {
    /// A job of a program.
    ///
    /// @param number among all jobs, in order
    /// @param launch the launch's number, from 0
    record Job(int number, int launch, Kernel kernel) {
        /// Jobs are compared by their numbers; only those of one program meet.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Job job && job.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /// What is written and read as one: a buffer, or a slot's keys or values.
    private record Store(Region.Space space, int id) {
        static Store of(Region region) {
            return new Store(region.space(), region.id());
        }
    }

    private record Write(Region region, Job job) {}

    private final List<Job> jobs = new ArrayList<>();
    private final List<List<Job>> producers = new ArrayList<>();
    private final Map<Store, List<Write>> latest = new HashMap<>();
    private final int launches;
    private final int[] lastUses;

    private DataFlow(Program program) {
        launches = program.launches().size();
        for (int launch = 0; launch < launches; launch++) {
            add(launch, program.launches().get(launch));
        }
        lastUses = new int[jobs.size()];
        Arrays.fill(lastUses, -1);
        for (Job job : jobs) {
            producers(job).forEach(producer -> lastUses[producer.number()] = job.launch());
        }
        writers(Region.of(program.logits())).forEach(job -> lastUses[job.number()] = launches);
    }

    static DataFlow of(Program program) {
        return new DataFlow(program);
    }

    /// Jobs of one launch see nothing of each other.
    private void add(int number, Launch launch) {
        int first = jobs.size();
        for (Kernel kernel : launch.jobs()) {
            jobs.add(new Job(jobs.size(), number, kernel));
            producers.add(Accesses.of(kernel).reads().stream()
                    .flatMap(region -> writers(region).stream())
                    .distinct()
                    .toList());
        }
        for (Job job : jobs.subList(first, jobs.size())) {
            Accesses.of(job.kernel()).writes().forEach(region -> write(region, job));
        }
    }

    /// What was there, even if only a part of it is overwritten, is no longer of use to anybody.
    private void write(Region region, Job job) {
        List<Write> writes = latest.computeIfAbsent(Store.of(region), _ -> new ArrayList<>());
        writes.removeIf(write -> region.overlaps(write.region()));
        writes.add(new Write(region, job));
    }

    private List<Job> writers(Region region) {
        return latest.getOrDefault(Store.of(region), List.of()).stream()
                .filter(write -> write.region().overlaps(region))
                .map(Write::job)
                .toList();
    }

    int launches() {
        return launches;
    }

    List<Job> jobs() {
        return jobs;
    }

    /// The jobs whose results `job` reads.
    List<Job> producers(Job job) {
        return producers.get(job.number());
    }

    /// The job whose result `reader` reads in `view`, if it is one.
    List<Job> producers(Job reader, View view) {
        Region region = Region.of(view);
        return producers(reader).stream()
                .filter(job -> Accesses.of(job.kernel()).writes().stream().anyMatch(region::overlaps))
                .toList();
    }

    /// The last launch that reads the job's result; the number of launches if that is the logits, -1 if nobody does.
    int lastUse(Job job) {
        return lastUses[job.number()];
    }
}
