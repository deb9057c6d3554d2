/// From the Graph to a Program: kernels, buffers, KV slots, launches.
@NullMarked
package io.layerplan.compiler.lower;

import org.jspecify.annotations.NullMarked;
