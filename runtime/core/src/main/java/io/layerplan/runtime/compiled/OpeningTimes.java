package io.layerplan.runtime.compiled;

/// What opening a compiled plan took, in seconds.
///
/// @param plan      reading and checking the plan's file
/// @param model     finding, mapping and checking the model's; 0 where the plan carries its weights
/// @param executor  binding weights, and compiling kernels where that is done ahead
/// @param tokenizer building the tokenizer, which goes on beside `executor`
public record OpeningTimes(double plan, double model, double executor, double tokenizer) {}
