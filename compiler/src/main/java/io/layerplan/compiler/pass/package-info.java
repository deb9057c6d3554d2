/// Rewrites of the Graph. Each class is one rewrite, shown in its doc comment; [io.layerplan.compiler.pass.Pipelines]
/// lists them in order. No pass changes a bit of the result: the fused kernels run the same loops in the same order.
@NullMarked
package io.layerplan.compiler.pass;

import org.jspecify.annotations.NullMarked;
