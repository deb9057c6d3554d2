package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Makes one operation of both halves of a gated feed-forward.
/// ```
/// %3 = matmul(%0, %1)      (one use)
/// %4 = matmul(%0, %2)      (one use)
/// %5 = activate(%3)        (one use)
/// %6 = multiply(%5, %4)            ->   %6 = gated_matmul(%0, %1, %2)
/// ```
final class FuseGate implements RewriteRule {
    @Override
    public String name() {
        return "fuse-gate";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        if (!(node.op() instanceof Op.Multiply(var activated, var linear))) {
            return Optional.empty();
        }
        return definitions.single(activated, Op.Activate.class).flatMap(activate -> {
            Optional<Op.MatMul> gate =
                    definitions.single(activate.x(), Op.MatMul.class).filter(FuseGate::isBare);
            Optional<Op.MatMul> up = definitions.single(linear, Op.MatMul.class).filter(FuseGate::isBare);
            return gate.flatMap(g -> up.filter(u -> u.x().equals(g.x()))
                    .map(u -> new Op.GatedMatMul(g.x(), g.w(), u.w(), activate.activation())));
        });
    }

    private static boolean isBare(Op.MatMul product) {
        return product.bias().isEmpty() && product.heads().isNone();
    }
}
