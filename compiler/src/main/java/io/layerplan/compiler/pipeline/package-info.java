/// The way from a resolved schedule, or from a printed graph, to a program:
/// [io.layerplan.compiler.pipeline.Compilation].
@NullMarked
package io.layerplan.compiler.pipeline;

import org.jspecify.annotations.NullMarked;
