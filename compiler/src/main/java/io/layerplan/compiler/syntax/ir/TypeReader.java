package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.graph.ValueType;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Dimension;
import io.layerplan.compiler.syntax.ir.GraphTree.Numeral;
import io.layerplan.compiler.syntax.ir.GraphTree.TypeText;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads types: `i32[T]`, `f32[T, 192]`, `q8_0[512, 192]`, `kv[64, window 512]`.
final class TypeReader {
    private TypeReader() {}

    /// @throws SyntaxException if there is no such type
    static ValueType read(TypeText type) {
        String name = type.name().text();
        return switch (name) {
            case "i32" -> indices(type);
            case "kv" -> cache(type);
            default -> {
                ElementType element = element(type);
                yield isRows(type) ? activations(type, element) : weights(type, element);
            }
        };
    }

    private static ValueType indices(TypeText type) {
        if (type.dimensions().size() == 1 && isWord(type.dimensions().getFirst(), "T")) {
            return new ValueType.Indices();
        }
        throw wrongDimensions(type, "`i32[T]`");
    }

    private static ValueType cache(TypeText type) {
        List<Dimension> dimensions = type.dimensions();
        if (dimensions.getFirst().word().isEmpty() && dimensions.size() == 1) {
            return new ValueType.Cache(size(type, 0), 0);
        }
        if (dimensions.getFirst().word().isEmpty()
                && dimensions.size() == 2
                && dimensions
                        .get(1)
                        .word()
                        .filter(word -> word.text().equals("window"))
                        .isPresent()
                && dimensions.get(1).number().isPresent()) {
            return new ValueType.Cache(size(type, 0), size(type, 1));
        }
        throw wrongDimensions(type, "`kv[64]` or `kv[64, window 512]`");
    }

    private static ElementType element(TypeText type) {
        String name = type.name().text();
        return Arrays.stream(ElementType.values())
                .filter(element -> element.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new SyntaxException(
                        GraphMessages.unknownType(type.name().span(), name, names())));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("i32", "kv"));
        Arrays.stream(ElementType.values()).map(ElementType::label).forEach(names::add);
        return names;
    }

    private static boolean isRows(TypeText type) {
        Dimension first = type.dimensions().getFirst();
        return isWord(first, "T") || isWord(first, "R");
    }

    private static ValueType activations(TypeText type, ElementType element) {
        if (element != ElementType.F32 || type.dimensions().size() != 2 || isNamed(type, 1)) {
            throw wrongDimensions(type, "activations as `f32[T, 192]`, or `f32[R, 192]` for the rows of the outputs");
        }
        Rows rows = isWord(type.dimensions().getFirst(), "T") ? Rows.TOKENS : Rows.OUTPUTS;
        return new ValueType.Activations(rows, size(type, 1));
    }

    private static ValueType weights(TypeText type, ElementType element) {
        String form = "`%s[512, 192]` for 512 outputs of 192 inputs".formatted(element.label());
        if (type.dimensions().size() != 2 || isNamed(type, 0) || isNamed(type, 1)) {
            throw wrongDimensions(type, form);
        }
        try {
            return new ValueType.Weights(element, size(type, 0), size(type, 1));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(GraphMessages.doesNotFit(type.span(), e));
        }
    }

    private static boolean isWord(Dimension dimension, String word) {
        return dimension.word().filter(name -> name.text().equals(word)).isPresent()
                && dimension.number().isEmpty();
    }

    private static boolean isNamed(TypeText type, int index) {
        return type.dimensions().get(index).word().isPresent();
    }

    private static int size(TypeText type, int index) {
        Optional<Numeral> number = type.dimensions().get(index).number();
        return number.map(Numbers::positive).orElseThrow();
    }

    private static SyntaxException wrongDimensions(TypeText type, String forms) {
        return new SyntaxException(
                GraphMessages.wrongDimensions(type.span(), type.name().text(), forms));
    }
}
