/// Small programs that use Layerplan as a library; each is run by a test.
@NullMarked
package io.layerplan.examples;

import org.jspecify.annotations.NullMarked;
