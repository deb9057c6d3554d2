package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Stage;
import io.layerplan.runtime.cpu.pass.Worker;

/// A kernel of a program bound to its arrays: units of about equal work, which any worker may run in any order.
public interface Job extends Stage.Part {
    /// Prepares for a batch: called once, before any unit of the batch runs.
    default void begin(Batch batch) {}

    /// How many units a batch makes; 0 where there is nothing to do.
    int units(Batch batch);

    @Override
    void run(Batch batch, int unit, Worker worker);
}
