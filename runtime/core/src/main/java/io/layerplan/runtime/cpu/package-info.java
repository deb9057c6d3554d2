/// The CPU executor: binds a program's jobs to kernels once, then runs launches on a pool of workers. Here it is chosen
/// and put together; [io.layerplan.runtime.cpu.job] has what it runs, [io.layerplan.runtime.cpu.pass] how workers go
/// through that, [io.layerplan.runtime.cpu.weight] what it reads, and [io.layerplan.runtime.cpu.machine] where.
@NullMarked
package io.layerplan.runtime.cpu;

import org.jspecify.annotations.NullMarked;
