/// What tests of several modules share: encoders of every weight type, and random weights.
@NullMarked
package io.layerplan.runtime.testing;

import org.jspecify.annotations.NullMarked;
