/// The kernels of a program bound to its arrays and weights, split into units.
@NullMarked
package io.layerplan.runtime.cpu.job;

import org.jspecify.annotations.NullMarked;
