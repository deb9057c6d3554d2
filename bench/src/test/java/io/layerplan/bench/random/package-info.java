/// Tests of random models.
@NullMarked
package io.layerplan.bench.random;

import org.jspecify.annotations.NullMarked;
