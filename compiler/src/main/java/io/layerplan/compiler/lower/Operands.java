package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.HeadEpilogue;
import io.layerplan.compiler.graph.Input;
import io.layerplan.compiler.graph.RopeAttributes;
import io.layerplan.compiler.graph.Term;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.runtime.program.Rope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Translates what the graph's operations read into the program's numbers and views.
final class Operands {
    private final BufferPlan buffers;
    private final Map<Value, Integer> ids = new HashMap<>();

    Operands(BufferPlan buffers) {
        this.buffers = buffers;
    }

    /// `value`, a weight or a cache, has the number `id` in its table.
    void number(Value value, int id) {
        ids.put(value, id);
    }

    int id(Value value) {
        Integer id = ids.get(value);
        if (id == null) {
            throw new IllegalStateException(value + " has no number");
        }
        return id;
    }

    OptionalInt id(Optional<Value> value) {
        return value.isPresent() ? OptionalInt.of(id(value.get())) : OptionalInt.empty();
    }

    io.layerplan.runtime.program.Input input(Input input) {
        return new io.layerplan.runtime.program.Input(
                buffers.view(input.x()),
                input.norm()
                        .map(norm ->
                                new io.layerplan.runtime.program.Input.InputNorm(id(norm.gain()), norm.epsilon())));
    }

    io.layerplan.runtime.program.Term term(Term term) {
        return switch (term) {
            case Term.Plain(var x, var weight) -> new io.layerplan.runtime.program.Term.Plain(buffers.view(x), weight);
            case Term.Normed(var x, var gain, var epsilon, var weight) ->
                new io.layerplan.runtime.program.Term.Normed(buffers.view(x), id(gain), epsilon, weight);
            case Term.Product(var x, var w, var bias, var weight) ->
                new io.layerplan.runtime.program.Term.Product(input(x), id(w), id(bias), weight);
        };
    }

    /// @param result what the heads are parts of
    Optional<io.layerplan.runtime.program.HeadEpilogue> epilogue(HeadEpilogue heads, Value result) {
        if (heads.isNone()) {
            return Optional.empty();
        }
        int width = ((Activations) result.type()).width();
        int headSize = heads.rotation()
                .map(rotation -> rotation.rope().headSize())
                .or(() -> heads.norm().map(norm -> width / norm.groups()))
                .orElse(width);
        return Optional.of(new io.layerplan.runtime.program.HeadEpilogue(
                headSize,
                heads.norm()
                        .map(norm -> new io.layerplan.runtime.program.HeadEpilogue.HeadNorm(
                                id(norm.gain()), norm.epsilon())),
                heads.rotation().map(rotation -> rope(rotation.rope(), rotation.factors()))));
    }

    Rope rope(RopeAttributes rope, Optional<Value> factors) {
        return new Rope(
                rope.pairing(),
                rope.dimensions(),
                rope.base(),
                rope.scale(),
                factors.map(this::id).orElse(-1));
    }
}
