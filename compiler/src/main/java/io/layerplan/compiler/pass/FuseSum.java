package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Term;
import java.util.Optional;

/// Adds a projection to the stream where it is stored: the residual, or the reducer of a `par`, whose branches become
/// one product over all their activations.
/// ```
/// %3 = matmul(%1, %2)      (one use)
/// %6 = matmul(%4, %5)      (one use)
/// %7 = sum(%0, 0.5 * %3, 0.5 * %6)    ->   %7 = sum(%0, 0.5 * matmul(%1, %2), 0.5 * matmul(%4, %5))
/// ```
final class FuseSum implements RewriteRule {
    @Override
    public String name() {
        return "fuse-sum";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.Sum(var terms)
                ? Terms.rewrite(terms, term -> product(term, definitions))
                : Optional.empty();
    }

    private static Optional<Term> product(Term term, Definitions definitions) {
        return term instanceof Term.Plain(var x, var weight)
                ? definitions
                        .single(x, Op.MatMul.class)
                        .filter(product -> product.heads().isNone())
                        .map(product -> new Term.Product(product.x(), product.w(), product.bias(), weight))
                : Optional.empty();
    }
}
