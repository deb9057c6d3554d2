package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.HeadEpilogue;
import io.layerplan.compiler.graph.HeadEpilogue.HeadNorm;
import io.layerplan.compiler.graph.HeadEpilogue.HeadRotation;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.RopeAttributes;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Activations;
import java.util.Optional;

/// Normalises and turns each head of the queries or keys where the projection stores it.
/// ```
/// %2 = matmul(%0, %1)              (one use)
/// %4 = norm(%2, %3) {groups = 8}   (one use, if there at all)
/// %6 = rotate(%4, %5)                     ->   %6 = matmul(%0, %1) {heads = norm(%3), rotate = rotate(%5)}
/// ```
/// The groups of the norm have to be the heads that are turned, each of which one job computes; a norm over a whole row
/// has to wait for all of its product, and is no epilogue.
final class FuseHeads implements RewriteRule {
    @Override
    public String name() {
        return "fuse-heads";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        if (!(node.op() instanceof Op.Rotate(var x, var positions, var factors, var rope))) {
            return Optional.empty();
        }
        Optional<HeadRotation> rotation = Optional.of(new HeadRotation(positions, factors, rope));
        Optional<Op.Norm> norm = definitions.single(x, Op.Norm.class);
        if (norm.filter(n -> !normsHeads(n, rope)).isPresent()) {
            return Optional.empty();
        }
        Optional<HeadNorm> headNorm = norm.map(n -> new HeadNorm(n.gain(), n.epsilon(), n.groups()));
        Value projected = norm.map(Op.Norm::x).orElse(x);
        return definitions
                .single(projected, Op.MatMul.class)
                .filter(product -> product.heads().isNone())
                .map(product ->
                        new Op.MatMul(product.x(), product.w(), product.bias(), new HeadEpilogue(headNorm, rotation)));
    }

    private static boolean normsHeads(Op.Norm norm, RopeAttributes rope) {
        return norm.x().type() instanceof Activations(var _, var width) && width / norm.groups() == rope.headSize();
    }
}
