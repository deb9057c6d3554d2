package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Value;
import io.layerplan.runtime.program.Target;
import java.util.List;
import java.util.Map;

/// Which nodes of a graph each launch of its program computes, for people who want to see it. What costs no launch, a
/// weight or a write to the cache that a projection does, is in none.
public final class LaunchNodes {
    private LaunchNodes() {}

    /// The launches of [Lowering#fused], in order.
    public static List<List<Node>> fused(Graph graph) {
        return launches(LaunchOrder.grouped(graph), CacheTargets.of(graph));
    }

    /// The launches of [Lowering#unfused], in order.
    public static List<List<Node>> unfused(Graph graph) {
        return launches(LaunchOrder.oneByOne(graph), Map.of());
    }

    private static List<List<Node>> launches(List<List<Node>> order, Map<Value, Target> targets) {
        return order.stream()
                .map(nodes ->
                        nodes.stream().filter(node -> works(node.op(), targets)).toList())
                .filter(nodes -> !nodes.isEmpty())
                .toList();
    }

    private static boolean works(Op op, Map<Value, Target> targets) {
        return !(op instanceof Op.Weight) && !(op instanceof Op.KvWrite write && targets.containsKey(write.keys()));
    }
}
