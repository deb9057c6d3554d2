/// Weights repacked for products: thirty-two rows side by side, so that a lane of a vector is a row.
@NullMarked
package io.layerplan.runtime.kernel.grouped;

import org.jspecify.annotations.NullMarked;
