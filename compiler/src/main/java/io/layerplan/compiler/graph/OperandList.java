package io.layerplan.compiler.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Collects the values that an operation reads. Every pass asks every node for them, so this is no place for streams.
final class OperandList {
    private final List<Value> values = new ArrayList<>(6);

    OperandList add(Value value) {
        values.add(value);
        return this;
    }

    OperandList add(Optional<Value> value) {
        value.ifPresent(values::add);
        return this;
    }

    OperandList add(Input input) {
        values.add(input.x());
        input.norm().ifPresent(norm -> values.add(norm.gain()));
        return this;
    }

    OperandList add(HeadEpilogue heads) {
        heads.norm().ifPresent(norm -> values.add(norm.gain()));
        heads.rotation().ifPresent(rotation -> add(rotation.positions()).add(rotation.factors()));
        return this;
    }

    OperandList add(Term term) {
        return switch (term) {
            case Term.Plain(var x, var _) -> add(x);
            case Term.Normed(var x, var gain, var _, var _) -> add(x).add(gain);
            case Term.Product(var x, var w, var bias, var _) -> add(x).add(w).add(bias);
        };
    }

    List<Value> list() {
        return Collections.unmodifiableList(values);
    }
}
