/// The CPU executor: binds a program's jobs to kernels once, then runs launches on a pool of workers.
@NullMarked
package io.layerplan.runtime.cpu;

import org.jspecify.annotations.NullMarked;
