/// The definition of every operation: plain loops over float arrays, the formula in the doc comment, never
/// tuned. The interpreter of graphs runs these, and every other implementation is tested against them. Sums are
/// accumulated in double precision, so that the definition is exact up to the rounding of its result.
@NullMarked
package io.layerplan.runtime.kernel.scalar;

import org.jspecify.annotations.NullMarked;
