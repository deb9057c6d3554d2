/// The Graph: flat SSA over tensors. Start with [io.layerplan.compiler.graph.Op], the page of all operations.
@NullMarked
package io.layerplan.compiler.graph;

import org.jspecify.annotations.NullMarked;
