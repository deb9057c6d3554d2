package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;
import java.util.Optional;

/// The syntax tree of a printed graph.
record GraphTree(Text name, Parameter tokens, Parameter positions, List<Definition> nodes, Reference result) {
    GraphTree {
        nodes = List.copyOf(nodes);
    }

    /// `%0: i32[T]`
    record Parameter(Reference value, TypeText type) {}

    /// `%7 = call : type`
    record Definition(Reference value, Call call, Optional<TypeText> type) {}

    /// What stands between the parentheses of a call.
    sealed interface Argument {
        SourceSpan span();
    }

    /// What stands after the `=` of an attribute.
    sealed interface Setting {
        SourceSpan span();
    }

    /// `%7`, as written
    record Reference(String text, SourceSpan span) implements Argument, Setting {}

    /// Text in quotes, without the quotes and escapes.
    record Text(String text, SourceSpan span) implements Argument {}

    /// `0.5 * argument`
    record Weighted(Numeral weight, Argument argument, SourceSpan span) implements Argument {}

    /// `name(arguments) {attributes}`
    record Call(Word name, List<Argument> arguments, List<Attribute> attributes, SourceSpan span)
            implements Argument, Setting {
        Call {
            arguments = List.copyOf(arguments);
            attributes = List.copyOf(attributes);
        }
    }

    /// `name = setting`
    record Attribute(Word name, Setting setting) {}

    /// A name, or a word such as `silu`.
    record Word(String text, SourceSpan span) implements Setting {}

    /// A number as written.
    record Numeral(String text, SourceSpan span) implements Setting {}

    /// `name[dimensions]`
    record TypeText(Word name, List<Dimension> dimensions, SourceSpan span) {
        TypeText {
            dimensions = List.copyOf(dimensions);
        }
    }

    /// `192`, `T` or `window 512`
    record Dimension(Optional<Word> word, Optional<Numeral> number) {}
}
