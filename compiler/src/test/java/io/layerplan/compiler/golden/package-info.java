/// Golden files, for the tests of all packages.
@NullMarked
package io.layerplan.compiler.golden;

import org.jspecify.annotations.NullMarked;
