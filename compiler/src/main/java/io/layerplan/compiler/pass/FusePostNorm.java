package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Term;
import java.util.Optional;

/// Normalises what a half layer of a sandwich-norm model adds where it is added: one pass over the branches and the
/// stream.
/// ```
/// %3 = norm(%1, %2)        (one use)
/// %4 = sum(%0, %3)                 ->   %4 = sum(%0, norm(%1, %2))
/// ```
final class FusePostNorm implements RewriteRule {
    @Override
    public String name() {
        return "fuse-post-norm";
    }

    @Override
    public Optional<Op> apply(Node node, Definitions definitions) {
        return node.op() instanceof Op.Sum(var terms)
                ? Terms.rewrite(terms, term -> normed(term, definitions))
                : Optional.empty();
    }

    private static Optional<Term> normed(Term term, Definitions definitions) {
        return term instanceof Term.Plain(var x, var weight)
                ? definitions
                        .single(x, Op.Norm.class)
                        .filter(norm -> norm.groups() == 1)
                        .map(norm -> new Term.Normed(norm.x(), norm.gain(), norm.epsilon(), weight))
                : Optional.empty();
    }
}
