package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Adds the bias where the product is stored.
/// ```
/// %2 = matmul(%0, %1)      (one use)
/// %4 = add_bias(%2, %3)            ->   %4 = matmul(%0, %1) {bias = %3}
/// ```
final class FuseBias implements RewriteRule {
    @Override
    public String name() {
        return "fuse-bias";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.AddBias(var sum, var bias)
                ? definitions
                        .single(sum, Op.MatMul.class)
                        .filter(product ->
                                product.bias().isEmpty() && product.heads().isNone())
                        .map(product -> new Op.MatMul(product.x(), product.w(), Optional.of(bias), product.heads()))
                : Optional.empty();
    }
}
