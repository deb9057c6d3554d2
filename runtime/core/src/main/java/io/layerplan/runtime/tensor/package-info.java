/// Element types and matrices of weights as they lie in a mapped file.
@NullMarked
package io.layerplan.runtime.tensor;

import org.jspecify.annotations.NullMarked;
