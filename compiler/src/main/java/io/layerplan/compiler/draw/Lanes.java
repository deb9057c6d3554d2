package io.layerplan.compiler.draw;

import io.layerplan.compiler.draw.DataFlow.Job;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The branches of a stretch, side by side: jobs that depend on each other share a lane. The job that joins the
/// branches, where there is one, crosses all lanes.
///
/// @param count of lanes, at least 1
/// @param join  the last job, if several lanes end in it
/// @param lanes by job, the join aside
record Lanes(int count, Optional<Job> join, Map<Job, Integer> lanes) {
    static Lanes of(Stretch stretch, DataFlow flow) {
        List<Job> jobs = stretch.jobs();
        boolean closed = jobs.stream()
                        .filter(job -> job.launch() == stretch.lastLaunch())
                        .count()
                == 1;
        Lanes open = number(closed ? jobs.subList(0, jobs.size() - 1) : jobs, flow);
        return closed && open.count() > 1
                ? new Lanes(open.count(), Optional.of(jobs.getLast()), open.lanes())
                : number(jobs, flow);
    }

    private static Lanes number(List<Job> jobs, DataFlow flow) {
        Map<Job, Job> parents = new HashMap<>();
        jobs.forEach(job -> parents.put(job, job));
        for (Job job : jobs) {
            flow.producers(job).stream()
                    .filter(parents::containsKey)
                    .forEach(producer -> unite(parents, producer, job));
        }
        Map<Job, Integer> roots = new LinkedHashMap<>();
        Map<Job, Integer> lanes = new HashMap<>();
        for (Job job : jobs) {
            Job root = root(parents, job);
            roots.putIfAbsent(root, roots.size());
            lanes.put(job, roots.getOrDefault(root, 0));
        }
        return new Lanes(Math.max(1, roots.size()), Optional.empty(), lanes);
    }

    private static void unite(Map<Job, Job> parents, Job a, Job b) {
        parents.put(root(parents, b), root(parents, a));
    }

    private static Job root(Map<Job, Job> parents, Job job) {
        Job parent = parents.getOrDefault(job, job);
        if (parent.equals(job)) {
            return job;
        }
        Job root = root(parents, parent);
        parents.put(job, root);
        return root;
    }

    boolean isJoin(Job job) {
        return join.filter(job::equals).isPresent();
    }

    /// The first lane of a job.
    int first(Job job) {
        return lanes.getOrDefault(job, 0);
    }

    /// The last lane of a job.
    int last(Job job) {
        return isJoin(job) ? count - 1 : first(job);
    }
}
