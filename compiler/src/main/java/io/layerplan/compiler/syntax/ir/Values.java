package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The values of a graph, by the names that its text gives them.
final class Values {
    private final Map<String, SourceSpan> definitions = new HashMap<>();
    private final Map<String, Optional<Value>> known = new HashMap<>();

    /// Ends the reading of an operation over a value whose own definition is wrong, which has been reported.
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private BrokenException(String value) {
            super(value, null, false, false);
        }
    }

    /// Knows where the tree defines what, so that a use before the definition can be told from one without.
    Values(GraphTree tree) {
        Stream.concat(
                        Stream.of(tree.tokens(), tree.positions()).map(GraphTree.Parameter::value),
                        tree.nodes().stream().map(GraphTree.Definition::value))
                .forEach(value -> definitions.putIfAbsent(value.text(), value.span()));
    }

    /// @param type absent where the definition is wrong
    /// @throws SyntaxException if it is defined already
    Optional<Value> define(Reference value, Optional<ValueType> type) {
        Optional<Value> defined = type.map(known -> new Value(id(value), known));
        if (known.putIfAbsent(value.text(), defined) != null) {
            SourceSpan first = definitions.getOrDefault(value.text(), value.span());
            throw new SyntaxException(GraphMessages.definedTwice(value.span(), value.text(), first));
        }
        return defined;
    }

    /// @throws SyntaxException if there is no such value, or none yet
    Value get(Reference use) {
        Optional<Value> value = known.get(use.text());
        if (value != null) {
            return value.orElseThrow(() -> new BrokenException(use.text()));
        }
        SourceSpan definition = definitions.get(use.text());
        throw new SyntaxException(
                definition == null
                        ? GraphMessages.undefined(use.span(), use.text())
                        : GraphMessages.usedBeforeDefinition(use.span(), use.text(), definition));
    }

    private static int id(Reference value) {
        try {
            return Integer.parseInt(value.text().substring(1));
        } catch (NumberFormatException e) {
            throw new SyntaxException(GraphMessages.outOfRange(value.span(), value.text(), "number of a value"));
        }
    }
}
