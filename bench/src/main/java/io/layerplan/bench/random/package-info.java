/// Models of a shape and a format that are wanted, with random weights: what has to be measured at sizes for which
/// nobody has a file at hand.
@NullMarked
package io.layerplan.bench.random;

import org.jspecify.annotations.NullMarked;
