package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Input;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Reads the rows of the outputs straight from the stream.
/// ```
/// %2 = select_outputs(%0)
/// %4 = matmul(norm(%2, %1), %3)    ->   %4 = matmul(norm(select_outputs(%0), %1), %3)
/// ```
final class FuseSelect implements RewriteRule {
    @Override
    public String name() {
        return "fuse-select";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.MatMul(var x, var w, var bias, var heads)
                ? definitions
                        .of(x.x(), Op.SelectOutputs.class)
                        .map(select -> new Op.MatMul(new Input(select.x(), x.norm(), true), w, bias, heads))
                : Optional.empty();
    }
}
