package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.HeadEpilogue;
import io.layerplan.compiler.graph.HeadEpilogue.HeadRotation;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Turns each head of the queries or keys where the projection stores it.
/// ```
/// %2 = matmul(%0, %1)      (one use)
/// %4 = rotate(%2, %3)              ->   %4 = matmul(%0, %1) {rotate = rotate(%3)}
/// ```
final class FuseRotate implements RewriteRule {
    @Override
    public String name() {
        return "fuse-rotate";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.Rotate(var x, var positions, var factors, var rope)
                ? definitions
                        .single(x, Op.MatMul.class)
                        .filter(product -> product.heads().rotation().isEmpty())
                        .map(product -> new Op.MatMul(
                                product.x(),
                                product.w(),
                                product.bias(),
                                new HeadEpilogue(
                                        product.heads().norm(),
                                        Optional.of(new HeadRotation(positions, factors, rope)))))
                : Optional.empty();
    }
}
