/// What tests of the compiler share: random models of every architecture and weight type.
@NullMarked
package io.layerplan.compiler.testing;

import org.jspecify.annotations.NullMarked;
