/// The text form of a program: a printer, a reader that trusts nothing, and the verifier of what was read.
@NullMarked
package io.layerplan.runtime.program.text;

import org.jspecify.annotations.NullMarked;
