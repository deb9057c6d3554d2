/// What a compiled plan needs to run: no compiler, no ANTLR, no command line.
@NullMarked
package io.layerplan.runtime;

import org.jspecify.annotations.NullMarked;
