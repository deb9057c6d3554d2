/// What the CPU executor computes with: operations on rows of 32-bit floats, behind an interface with a scalar and a
/// vectorised implementation. Results never depend on how work is split over threads.
@NullMarked
package io.layerplan.runtime.kernel;

import org.jspecify.annotations.NullMarked;
