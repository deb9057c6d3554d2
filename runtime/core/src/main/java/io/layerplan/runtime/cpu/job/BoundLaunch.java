package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Stage;
import java.util.List;

/// A launch bound to its arrays: inputs that its products share, prepared first, and jobs. It keeps what the last batch
/// made of it, since the next token makes the same of most launches, and the workers then have it in their caches.
public final class BoundLaunch {
    private final int number;
    private final BoundInput[] inputs;
    private final Job[] jobs;
    private Stage preparation;
    private Stage work;

    /// @param number the launch's in the program
    public BoundLaunch(int number, List<BoundInput> inputs, List<Job> jobs) {
        this.number = number;
        this.inputs = inputs.toArray(new BoundInput[0]);
        this.jobs = jobs.toArray(new Job[0]);
        this.preparation = new Stage(number, true, this.inputs, new int[this.inputs.length]);
        this.work = new Stage(number, false, this.jobs, new int[this.jobs.length]);
    }

    /// Adds what a batch makes of the launch, which may be nothing, and reserves what its jobs need.
    public void addStages(Batch batch, List<Stage> stages) {
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
        if (!preparation.hasEnds(inputEnds)) {
            preparation = new Stage(number, true, inputs, inputEnds);
        }
        if (!work.hasEnds(jobEnds)) {
            work = new Stage(number, false, jobs, jobEnds);
        }
        if (preparations > 0) {
            stages.add(preparation);
        }
        if (units > 0) {
            stages.add(work);
        }
    }
}
