package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Argument;
import io.layerplan.compiler.syntax.ir.GraphTree.Attribute;
import io.layerplan.compiler.syntax.ir.GraphTree.Call;
import io.layerplan.compiler.syntax.ir.GraphTree.Numeral;
import io.layerplan.compiler.syntax.ir.GraphTree.Reference;
import io.layerplan.compiler.syntax.ir.GraphTree.Setting;
import io.layerplan.compiler.syntax.ir.GraphTree.Text;
import io.layerplan.compiler.syntax.ir.GraphTree.Word;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The arguments and attributes of one call, as what the operation needs them as. Everything that does not fit is a
/// [SyntaxException] at its place.
final class CallReader {
    private final Call call;
    private final Values values;
    private final Map<String, Setting> attributes = new HashMap<>();

    CallReader(Call call, Values values) {
        this.call = call;
        this.values = values;
    }

    String operation() {
        return call.name().text();
    }

    SourceSpan nameSpan() {
        return call.name().span();
    }

    SourceSpan span() {
        return call.span();
    }

    /// Checks the number of arguments.
    CallReader arguments(String... names) {
        return arguments(names.length, names);
    }

    /// Checks the number of arguments, of which those after the first `required` may be left out.
    CallReader arguments(int required, String... names) {
        int found = call.arguments().size();
        if (found < required || found > names.length) {
            throw new SyntaxException(
                    GraphMessages.wrongArguments(call.name().span(), operation(), List.of(names), found));
        }
        return this;
    }

    /// Checks that there are no other attributes than these, and none twice.
    CallReader attributes(String... names) {
        for (Attribute attribute : call.attributes()) {
            Word name = attribute.name();
            if (!List.of(names).contains(name.text())) {
                throw new SyntaxException(
                        GraphMessages.unknownAttribute(name.span(), operation(), name.text(), List.of(names)));
            }
            if (attributes.putIfAbsent(name.text(), attribute.setting()) != null) {
                throw new SyntaxException(GraphMessages.attributeTwice(name.span(), name.text()));
            }
        }
        return this;
    }

    int size() {
        return call.arguments().size();
    }

    Argument argument(int index) {
        return call.arguments().get(index);
    }

    Value value(int index) {
        return value(argument(index));
    }

    Value value(Argument argument) {
        if (argument instanceof Reference reference) {
            return values.get(reference);
        }
        throw new SyntaxException(GraphMessages.notA(argument.span(), "a value such as `%7`"));
    }

    String text(int index) {
        if (argument(index) instanceof Text(var text, var _)) {
            return text;
        }
        throw new SyntaxException(GraphMessages.notA(argument(index).span(), "a text in quotes"));
    }

    /// The call that an argument is, if it is one.
    Optional<CallReader> call(Argument argument) {
        return argument instanceof Call inner ? Optional.of(new CallReader(inner, values)) : Optional.empty();
    }

    int integer(String attribute) {
        return number(attribute).map(Numbers::integer).orElseThrow(() -> missing(attribute));
    }

    int integer(String attribute, int neutral) {
        return number(attribute).map(Numbers::integer).orElse(neutral);
    }

    float single(String attribute) {
        return number(attribute).map(Numbers::single).orElseThrow(() -> missing(attribute));
    }

    float single(String attribute, float neutral) {
        return number(attribute).map(Numbers::single).orElse(neutral);
    }

    double real(String attribute) {
        return number(attribute).map(Numbers::real).orElseThrow(() -> missing(attribute));
    }

    double real(String attribute, double neutral) {
        return number(attribute).map(Numbers::real).orElse(neutral);
    }

    Optional<Value> value(String attribute) {
        return setting(attribute, Reference.class, "a value such as `%7`").map(values::get);
    }

    /// The call that an attribute is set to, which has to be one of this operation.
    Optional<CallReader> call(String attribute, String operation) {
        String expected = "a call of `" + operation + "`";
        Optional<Call> inner = setting(attribute, Call.class, expected);
        inner.filter(found -> !found.name().text().equals(operation)).ifPresent(found -> {
            throw new SyntaxException(GraphMessages.notA(found.span(), expected));
        });
        return inner.map(found -> new CallReader(found, values));
    }

    /// One of the constants of an enumeration, in lower case.
    <E extends Enum<E>> E word(String attribute, E[] constants) {
        Function<E, String> name = constant -> constant.name().toLowerCase(Locale.ROOT);
        List<String> known = Arrays.stream(constants).map(name).toList();
        Word word = setting(attribute, Word.class, "one of " + String.join(", ", known))
                .orElseThrow(() -> missing(attribute));
        return Arrays.stream(constants)
                .filter(constant -> name.apply(constant).equals(word.text()))
                .findFirst()
                .orElseThrow(() -> new SyntaxException(GraphMessages.unknownWord(word.span(), word.text(), known)));
    }

    private Optional<Numeral> number(String attribute) {
        return setting(attribute, Numeral.class, "a number");
    }

    private <T extends Setting> Optional<T> setting(String attribute, Class<T> kind, String expected) {
        Setting setting = attributes.get(attribute);
        if (setting == null) {
            return Optional.empty();
        }
        if (!kind.isInstance(setting)) {
            throw new SyntaxException(GraphMessages.notA(setting.span(), expected));
        }
        return Optional.of(kind.cast(setting));
    }

    private SyntaxException missing(String attribute) {
        return new SyntaxException(GraphMessages.missingAttribute(call.name().span(), operation(), attribute));
    }
}
