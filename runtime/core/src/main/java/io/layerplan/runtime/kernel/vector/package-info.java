/// Kernels on the Vector API (`jdk.incubator.vector`), which only this package imports. Every kernel is one flat
/// method: a helper that takes or returns a vector, once it is not inlined, allocates each one. Vectors follow the
/// machine's width, or `-Dlayerplan.vectorBits`.
///
/// Sums of lanes are formed in an order of our own, through an array: `reduceLanes` leaves the order open, and code
/// that is interpreted and code that is compiled differ in it. For the same reason exponentials are polynomials of
/// our own.
@NullMarked
package io.layerplan.runtime.kernel.vector;

import org.jspecify.annotations.NullMarked;
