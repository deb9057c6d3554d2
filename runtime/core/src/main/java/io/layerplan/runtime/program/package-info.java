/// The Program: what an executor runs. Plain data: kernels, buffers, KV slots, launch order.
@NullMarked
package io.layerplan.runtime.program;

import org.jspecify.annotations.NullMarked;
