package io.layerplan.runtime.program.text;

/// What is wrong with a program, and where.
record Fault(Place place, String message) {}
