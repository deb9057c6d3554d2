/// Programs on TornadoVM: a backend that finds its devices, and the executor.
@NullMarked
package io.layerplan.runtime.tornado;

import org.jspecify.annotations.NullMarked;
