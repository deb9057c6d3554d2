/// The weights of a program as its kernels read them: as their file has them, or repacked.
@NullMarked
package io.layerplan.runtime.cpu.weight;

import org.jspecify.annotations.NullMarked;
