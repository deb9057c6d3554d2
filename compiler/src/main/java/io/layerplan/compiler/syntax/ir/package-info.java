/// Printed graphs as text: [GraphReader] makes a graph of what [io.layerplan.compiler.graph.GraphPrinter] printed or a
/// person wrote.
@NullMarked
package io.layerplan.compiler.syntax.ir;

import org.jspecify.annotations.NullMarked;
