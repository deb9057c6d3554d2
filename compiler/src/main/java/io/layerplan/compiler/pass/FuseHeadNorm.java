package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.HeadEpilogue;
import io.layerplan.compiler.graph.HeadEpilogue.HeadNorm;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// Normalises each head of the queries or keys where the projection stores it.
/// ```
/// %2 = matmul(%0, %1)              (one use)
/// %4 = norm(%2, %3) {groups = 8}        ->   %4 = matmul(%0, %1) {heads = norm(%3) {groups = 8}}
/// ```
final class FuseHeadNorm implements RewriteRule {
    @Override
    public String name() {
        return "fuse-head-norm";
    }

    /// The epilogue waits for a whole head, which one job computes; a norm over a row of many heads would wait for all jobs.
    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.Norm(var x, var gain, var epsilon, var groups)
                ? definitions
                        .single(x, Op.MatMul.class)
                        .filter(product -> product.heads().isNone())
                        .map(product -> new Op.MatMul(
                                product.x(),
                                product.w(),
                                product.bias(),
                                new HeadEpilogue(
                                        Optional.of(new HeadNorm(gain, epsilon, groups)), Optional.empty())))
                : Optional.empty();
    }
}
