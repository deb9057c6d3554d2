package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Input;
import io.layerplan.compiler.graph.Input.InputNorm;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Normalises where a product reads, so that the norm makes no pass of its own. Every product that reads the norm does
/// it for itself: the statistic is cheap, a pass over memory is not. The gain stays with the activation, since it
/// varies along the reduced dimension, as the scales of quantised weights do.
/// ```
/// %2 = norm(%0, %1) {groups = 1}
/// %4 = matmul(%2, %3)              ->   %4 = matmul(norm(%0, %1), %3)
/// ```
final class FuseNorm implements RewriteRule {
    @Override
    public String name() {
        return "fuse-norm";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.MatMul(var x, var w, var bias, var heads) && x.isPlain()
                ? definitions
                        .of(x.x(), Op.Norm.class)
                        .filter(norm -> norm.groups() == 1)
                        .map(norm -> new Op.MatMul(normed(norm), w, bias, heads))
                : Optional.empty();
    }

    private static Input normed(Op.Norm norm) {
        return new Input(norm.x(), Optional.of(new InputNorm(norm.gain(), norm.epsilon())), false);
    }
}
