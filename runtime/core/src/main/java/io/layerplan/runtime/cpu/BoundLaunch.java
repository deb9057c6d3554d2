package io.layerplan.runtime.cpu;

import java.util.List;

/// A launch bound to its arrays: inputs that its products share, prepared first, and jobs.
final class BoundLaunch {
    private final BoundInput[] inputs;
    private final Job[] jobs;

    BoundLaunch(List<BoundInput> inputs, List<Job> jobs) {
        this.inputs = inputs.toArray(new BoundInput[0]);
        this.jobs = jobs.toArray(new Job[0]);
    }

    /// What a batch makes of the launch: a dispatch that has not begun.
    Dispatch over(Batch batch) {
        int[] inputEnds = new int[inputs.length];
        int preparations = 0;
        for (int i = 0; i < inputs.length; i++) {
            preparations += inputs[i].units(batch);
            inputEnds[i] = preparations;
        }
        int[] jobEnds = new int[jobs.length];
        int units = 0;
        for (int i = 0; i < jobs.length; i++) {
            jobs[i].begin(batch);
            units += jobs[i].units(batch);
            jobEnds[i] = units;
        }
        return new Dispatch(batch, inputs, inputEnds, jobs, jobEnds);
    }
}
