package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Uses;
import io.layerplan.compiler.graph.Value;
import io.layerplan.runtime.program.Target;
import java.util.HashMap;
import java.util.Map;

/// Which projections write straight into a KV slot:
/// ```
/// %7 = matmul(…)                  (one use)
/// %8 = matmul(…)                  (one use)      ->   keys(kv0) = matmul(…), values(kv0) = matmul(…)
/// %9 = kv_write(%7, %8) {slot = 0}
/// ```
final class CacheTargets {
    private CacheTargets() {}

    static Map<Value, Target> of(Graph graph) {
        Map<Value, Op> definitions = new HashMap<>();
        Uses uses = Uses.of(graph);
        Map<Value, Target> targets = new HashMap<>();
        int slot = 0;
        for (Node node : graph.nodes()) {
            definitions.put(node.result(), node.op());
            if (node.op() instanceof Op.KvWrite write) {
                if (isOwnProjection(write.keys(), definitions, uses)
                        && isOwnProjection(write.values(), definitions, uses)) {
                    targets.put(write.keys(), new Target.Keys(slot));
                    targets.put(write.values(), new Target.Values(slot));
                }
                slot++;
            }
        }
        return targets;
    }

    private static boolean isOwnProjection(Value value, Map<Value, Op> definitions, Uses uses) {
        return definitions.get(value) instanceof Op.MatMul && uses.count(value) == 1;
    }
}
