package io.layerplan.compiler.draw;

import io.layerplan.compiler.draw.DataFlow.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part of a program before and after which nothing is alive but the residual stream: a half layer, or a whole `par`.
///
/// @param stream the job whose result flows in, none at the beginning
/// @param jobs   at least one
record Stretch(Optional<Job> stream, List<Job> jobs) {
    static List<Stretch> of(DataFlow flow) {
        int[] alive = new int[flow.launches() + 1];
        int[] sums = new int[flow.launches() + 1];
        for (Job job : flow.jobs()) {
            int last = Math.max(job.launch(), flow.lastUse(job));
            alive[job.launch()]++;
            alive[last]--;
            sums[job.launch()] += job.number();
            sums[last] -= job.number();
        }
        List<Stretch> stretches = new ArrayList<>();
        Optional<Job> stream = Optional.empty();
        int living = 0;
        int sum = 0;
        int next = 0;
        int first = 0;
        for (int launch = 0; launch < flow.launches(); launch++) {
            while (next < flow.jobs().size() && flow.jobs().get(next).launch() == launch) {
                next++;
            }
            living += alive[launch];
            sum += sums[launch];
            if (living == 1 || launch == flow.launches() - 1) {
                stretches.add(new Stretch(stream, List.copyOf(flow.jobs().subList(first, next))));
                first = next;
                stream = living == 1 ? Optional.of(flow.jobs().get(sum)) : Optional.empty();
            }
        }
        return stretches;
    }

    int firstLaunch() {
        return jobs.getFirst().launch();
    }

    int lastLaunch() {
        return jobs.getLast().launch();
    }
}
