package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Term;
import io.layerplan.compiler.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which nodes run in one launch.
///
/// Grouped, each node runs as early as what it reads allows, and the nodes of one step and one family share a launch:
/// queries, keys and values of a layer, and those of all branches of a `par`, whatever their formats and widths.
/// ```
/// %7 = matmul(norm(%3, %4), %5)                       launch 2: %7, %9, %12, %14
/// %9 = matmul(norm(%3, %4), %8)           ->
/// %12 = matmul(norm(%3, %10), %11)
/// %14 = matmul(norm(%3, %10), %13)
/// ```
/// Families keep a launch to one kind of loop, which is what a GPU can run as one task.
enum LaunchOrder {
    /// Each operation in a launch of its own, in the graph's order.
    ONE_BY_ONE {
        @Override
        List<List<Node>> launches(Graph graph) {
            return graph.nodes().stream().map(List::of).toList();
        }
    },
    /// Independent operations together.
    GROUPED {
        @Override
        List<List<Node>> launches(Graph graph) {
            return group(graph);
        }
    };

    private enum Family {
        NONE,
        EMBED,
        ELEMENTWISE,
        PROJECTION,
        ATTENTION,
        CACHE
    }

    private record Key(int step, Family family) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return step != other.step ? Integer.compare(step, other.step) : family.compareTo(other.family);
        }
    }

    abstract List<List<Node>> launches(Graph graph);

    private static List<List<Node>> group(Graph graph) {
        Map<Value, Integer> steps = new HashMap<>();
        Map<Key, List<Node>> groups = new TreeMap<>();
        for (Node node : graph.nodes()) {
            int step = 0;
            for (Value operand : node.op().operands()) {
                step = Math.max(step, steps.getOrDefault(operand, 0));
            }
            Family family = family(node.op());
            if (family != Family.NONE && family != Family.CACHE) {
                step++;
            }
            steps.put(node.result(), step);
            groups.computeIfAbsent(new Key(step, family), _ -> new ArrayList<>())
                    .add(node);
        }
        return List.copyOf(groups.values());
    }

    private static Family family(Op op) {
        return switch (op) {
            case Op.Weight _ -> Family.NONE;
            case Op.Embed _ -> Family.EMBED;
            case Op.MatMul _, Op.GatedMatMul _ -> Family.PROJECTION;
            case Op.Sum(var terms) ->
                terms.stream().anyMatch(Term.Product.class::isInstance) ? Family.PROJECTION : Family.ELEMENTWISE;
            case Op.Attention _ -> Family.ATTENTION;
            case Op.KvWrite _ -> Family.CACHE;
            case Op.Norm _, Op.AddBias _, Op.Rotate _, Op.Activate _, Op.Multiply _, Op.SelectOutputs _ ->
                Family.ELEMENTWISE;
        };
    }
}
