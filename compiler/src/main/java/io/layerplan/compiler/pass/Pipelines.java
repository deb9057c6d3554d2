package io.layerplan.compiler.pass;

import java.util.List;

/// The passes, in order.
public final class Pipelines {
    private Pipelines() {}

    /// What makes a built graph into a fused one.
    public static List<Pass> fusing() {
        return List.of(
                new RemoveDeadNodes(),
                new EliminateCommonSubexpressions(),
                new RewritePass(new FuseNorm()),
                new RewritePass(new FuseSelect()),
                new RewritePass(new FuseBias()),
                new RewritePass(new FuseHeads()),
                new RewritePass(new FuseGate()),
                new RewritePass(new FusePostNorm()),
                new RewritePass(new FuseSum()));
    }
}
