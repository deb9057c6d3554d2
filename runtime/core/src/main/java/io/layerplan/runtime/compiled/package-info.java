/// Plans compiled ahead of time: one file that holds a program and what it takes to run it, and the API that opens and
/// runs it. `docs/compiled-plans.md` describes the file.
@NullMarked
package io.layerplan.runtime.compiled;

import org.jspecify.annotations.NullMarked;
