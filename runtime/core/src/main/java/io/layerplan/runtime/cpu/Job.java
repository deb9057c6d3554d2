package io.layerplan.runtime.cpu;

/// A kernel of a program bound to its arrays: units of about equal work, which any worker may run in any order.
interface Job extends Stage.Part {
    /// Prepares for a batch: called once, before any unit of the batch runs.
    default void begin(Batch batch) {}

    /// How many units a batch makes; 0 where there is nothing to do.
    int units(Batch batch);

    @Override
    void run(Batch batch, int unit, Worker worker);
}
