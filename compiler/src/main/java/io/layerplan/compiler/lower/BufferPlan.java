package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Uses;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Gives each value of activations a place in a buffer for as long as it lives: from the launch that computes it to the
/// last one that reads it. What an attention mixes takes the place of its queries, if nothing else reads them: head by
/// head, a query is read before its result is written.
final class BufferPlan {
    private final Map<Value, Tenancy> tenancies = new LinkedHashMap<>();
    private final Uses uses;
    private final List<Buffer> buffers;

    private BufferPlan(Graph graph, List<List<Node>> launches, Set<Value> elsewhere) {
        uses = Uses.of(graph);
        Map<Value, Integer> lastUses = lastUses(graph, launches);
        for (int launch = 0; launch < launches.size(); launch++) {
            for (Node node : launches.get(launch)) {
                if (node.result().type() instanceof Activations type && !elsewhere.contains(node.result())) {
                    Tenancy tenancy = queries(node).orElse(new Tenancy(type, launch));
                    tenancy.lastsTo(lastUses.getOrDefault(node.result(), launch));
                    tenancies.put(node.result(), tenancy);
                }
            }
        }
        buffers = pack();
    }

    /// @param launches  the nodes of each launch, in order
    /// @param elsewhere values that need no buffer, since they are written to a KV slot
    static BufferPlan of(Graph graph, List<List<Node>> launches, Set<Value> elsewhere) {
        return new BufferPlan(graph, launches, elsewhere);
    }

    private static Map<Value, Integer> lastUses(Graph graph, List<List<Node>> launches) {
        Map<Value, Integer> lastUses = new HashMap<>();
        for (int launch = 0; launch < launches.size(); launch++) {
            for (Node node : launches.get(launch)) {
                for (Value operand : node.op().operands()) {
                    lastUses.put(operand, launch);
                }
            }
        }
        lastUses.put(graph.logits(), launches.size());
        return lastUses;
    }

    /// Where the queries of an attention lie that nothing else reads.
    private Optional<Tenancy> queries(Node node) {
        return node.op() instanceof Op.Attention(var queries, var _, var _)
                        && queries.type().equals(node.result().type())
                        && uses.count(queries) == 1
                ? Optional.ofNullable(tenancies.get(queries))
                : Optional.empty();
    }

    private List<Buffer> pack() {
        List<Tenancy> all = tenancies.values().stream().distinct().toList();
        List<Buffer> packed = new ArrayList<>();
        Stream.of(Rows.values())
                .flatMap(rows -> Packing.pack(
                        all.stream().filter(tenancy -> tenancy.rows() == rows).toList())
                        .stream())
                .sorted(Comparator.comparingInt(Packing.Slot::from))
                .forEach(slot -> {
                    slot.tenancies().forEach(tenancy -> tenancy.settle(packed.size()));
                    packed.add(new Buffer(packed.size(), slot.rows(), slot.width()));
                });
        return List.copyOf(packed);
    }

    /// Where `value` lies.
    View view(Value value) {
        Tenancy tenancy = tenancies.get(value);
        if (tenancy == null) {
            throw new IllegalStateException(value + " has no buffer");
        }
        return new View(tenancy.buffer(), 0, tenancy.width());
    }

    List<Buffer> buffers() {
        return buffers;
    }
}
