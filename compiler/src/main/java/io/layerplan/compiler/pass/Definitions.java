package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Uses;
import io.layerplan.compiler.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who defines a value, and how often it is read.
public final class Definitions {
    private final List<@Nullable Op> byNumber = new ArrayList<>();
    private final Uses uses;

    Definitions(Graph graph) {
        this.uses = Uses.of(graph);
        for (Node node : graph.nodes()) {
            replace(node.result(), node.op());
        }
    }

    /// The operation that defines `value`; empty for a parameter of the graph.
    public Optional<Op> of(Value value) {
        return value.id() < byNumber.size() ? Optional.ofNullable(byNumber.get(value.id())) : Optional.empty();
    }

    /// The operation that defines `value`, if it is of this kind.
    public <T extends Op> Optional<T> of(Value value, Class<T> kind) {
        return of(value).filter(kind::isInstance).map(kind::cast);
    }

    /// The same, if `value` is read in one place only, so that nothing is computed twice when it is drawn in there.
    public <T extends Op> Optional<T> single(Value value, Class<T> kind) {
        return uses.count(value) == 1 ? of(value, kind) : Optional.empty();
    }

    void replace(Value value, Op op) {
        while (byNumber.size() <= value.id()) {
            byNumber.add(null);
        }
        byNumber.set(value.id(), op);
    }
}
