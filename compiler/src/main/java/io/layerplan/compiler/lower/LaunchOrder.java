package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Term;
import io.layerplan.compiler.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The order in which the nodes of a graph run, and which of them run in one launch.
///
/// Each node runs as early as what it reads allows, and the nodes of one step and one family share a launch: queries,
/// keys and values of a layer, and those of all branches of a `par`, whatever their formats and widths.
/// ```
/// %7 = matmul(norm(%3, %4), %5)                       launch 2: %7, %9, %12, %14
/// %9 = matmul(norm(%3, %4), %8)           ->
/// %12 = matmul(norm(%3, %10), %11)
/// %14 = matmul(norm(%3, %10), %13)
/// ```
/// Families keep a launch to one kind of loop, which is what a GPU can run as one task.
///
/// A launch whose nodes can all wait for later ones of their family is dissolved into these:
/// ```
/// launch 3: %20 (a down projection, read in launch 6)
/// launch 4: %21 (attention)                                  ->       launch 3: %21
/// launch 5: %22 (an output projection)                                launch 4: %20, %22
/// ```
final class LaunchOrder {
    private enum Family {
        NONE,
        EMBED,
        ELEMENTWISE,
        PROJECTION,
        CACHE,
        ATTENTION;

        /// Whether a node of this family takes time; a write to the cache is part of a projection, or follows it.
        boolean works() {
            return this != NONE && this != CACHE;
        }
    }

    private record Place(int step, Family family) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return step != other.step ? Integer.compare(step, other.step) : family.compareTo(other.family);
        }
    }

    /// The longest chain of readers that are put off together: some tens of layers. Without a limit, the time to order
    /// two long branches that never come into step would be the square of their length.
    private static final int DEEPEST = 200;

    private final Graph graph;
    private final Map<Value, Place> places = new HashMap<>();
    private final Map<Value, List<Node>> readers = new HashMap<>();
    private final Map<Value, Integer> latestSteps = new HashMap<>();
    private final NavigableMap<Place, List<Node>> launches = new TreeMap<>();

    private LaunchOrder(Graph graph) {
        this.graph = graph;
    }

    /// Independent operations together.
    static List<List<Node>> grouped(Graph graph) {
        LaunchOrder order = new LaunchOrder(graph);
        order.placeEarly();
        order.findLatestSteps();
        order.dissolve();
        return order.launches();
    }

    /// Each operation in a launch of its own, in the same order; of the nodes that [#grouped] has in one launch, first
    /// the one of each branch that reads a value first, then the second: all queries, all keys, all values.
    static List<List<Node>> oneByOne(Graph graph) {
        return grouped(graph).stream()
                .flatMap(nodes -> inTurns(nodes).stream())
                .map(List::of)
                .toList();
    }

    private void placeEarly() {
        for (Node node : graph.nodes()) {
            int step = 0;
            for (Value operand : node.op().operands()) {
                Place place = places.get(operand);
                step = place == null ? step : Math.max(step, place.step());
                readers.computeIfAbsent(operand, _ -> new ArrayList<>()).add(node);
            }
            Family family = family(node.op());
            place(node, new Place(family.works() ? step + 1 : step, family));
        }
    }

    private void place(Node node, Place place) {
        places.put(node.result(), place);
        launches.computeIfAbsent(place, _ -> new ArrayList<>()).add(node);
    }

    /// The last step in which each node can run without making the logits later.
    private void findLatestSteps() {
        int last = launches.lastKey().step();
        for (Node node : graph.nodes().reversed()) {
            int latest = last;
            for (Node reader : readers.getOrDefault(node.result(), List.of())) {
                int own = family(reader.op()).works() ? 1 : 0;
                latest = Math.min(latest, latestSteps.getOrDefault(reader.result(), last) - own);
            }
            latestSteps.put(node.result(), latest);
        }
    }

    /// From the last launch to the first, so that what waits makes room for what it reads to wait too.
    private void dissolve() {
        for (Place place : List.copyOf(launches.descendingKeySet())) {
            IdentityHashMap<Node, Place> moves = new IdentityHashMap<>();
            List<Node> nodes = launches.getOrDefault(place, List.of());
            Optional<Place> later = place.family().works() ? nextOfFamily(place.family(), place) : Optional.empty();
            if (later.isPresent() && nodes.stream().allMatch(node -> canWait(node, later.get(), moves, 0))) {
                moves.forEach(this::move);
            }
        }
    }

    /// Whether all that reads the node's result comes after `place`, or can wait for a launch that does.
    ///
    /// @param moves where this node and others go, if so
    /// @param depth of readers that wait for each other
    private boolean canWait(Node node, Place place, IdentityHashMap<Node, Place> moves, int depth) {
        if (depth > DEEPEST || place.step() > latestSteps.getOrDefault(node.result(), 0)) {
            return false;
        }
        moves.put(node, place);
        for (Node reader : readers.getOrDefault(node.result(), List.of())) {
            Place current = Objects.requireNonNull(moves.getOrDefault(reader, places.get(reader.result())));
            if (current.compareTo(place) <= 0) {
                Optional<Place> later = current.family().works()
                        ? nextOfFamily(current.family(), place)
                        : Optional.of(new Place(place.step(), current.family()));
                if (later.isEmpty() || !canWait(reader, later.get(), moves, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Optional<Place> nextOfFamily(Family family, Place place) {
        for (Place later : launches.tailMap(place, false).keySet()) {
            if (later.family() == family) {
                return Optional.of(later);
            }
        }
        return Optional.empty();
    }

    private void move(Node node, Place place) {
        Place old = Objects.requireNonNull(places.get(node.result()));
        List<Node> nodes = launches.getOrDefault(old, new ArrayList<>());
        nodes.remove(node);
        if (nodes.isEmpty()) {
            launches.remove(old);
        }
        place(node, place);
    }

    /// The nodes of each launch in the order of the graph.
    private List<List<Node>> launches() {
        Map<Value, Integer> order = new HashMap<>();
        graph.nodes().forEach(node -> order.put(node.result(), order.size()));
        return launches.values().stream()
                .map(nodes -> nodes.stream()
                        .sorted(Comparator.comparing(node -> order.get(node.result())))
                        .toList())
                .toList();
    }

    private static List<Node> inTurns(List<Node> nodes) {
        Map<Value, Integer> readers = new HashMap<>();
        NavigableMap<Integer, List<Node>> turns = new TreeMap<>();
        for (Node node : nodes) {
            List<Value> operands = node.op().operands();
            int turn = operands.isEmpty() ? 0 : readers.merge(operands.getFirst(), 1, Integer::sum);
            turns.computeIfAbsent(turn, _ -> new ArrayList<>()).add(node);
        }
        return turns.values().stream().flatMap(List::stream).toList();
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
