package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Everything that can be wrong with a printed graph. Each factory is one message, and has a golden file.
final class GraphMessages {
    private GraphMessages() {}

    static Diagnostic tooLong(SourceText source, int limit) {
        return Diagnostic.error(SourceSpan.whole(source), "a graph has at most " + limit + " bytes");
    }

    static Diagnostic unexpected(SourceSpan span, String expected, String found) {
        return Diagnostic.error(span, "expected " + expected + ", found " + found);
    }

    static Diagnostic nestedTooDeeply(SourceSpan span, int limit) {
        return Diagnostic.error(span, "calls are nested more than " + limit + " deep");
    }

    static Diagnostic unknownOperation(SourceSpan span, String name, Collection<String> known) {
        return Diagnostic.error(span, "there is no operation `" + name + "`").withHelp(NearestWord.help(name, known));
    }

    static Diagnostic undefined(SourceSpan span, String value) {
        return Diagnostic.error(span, "`" + value + "` is not defined");
    }

    static Diagnostic usedBeforeDefinition(SourceSpan span, String value, SourceSpan definition) {
        return Diagnostic.error(span, "`" + value + "` is used before its definition")
                .withLabel("defined at " + definition.lineAndColumn());
    }

    static Diagnostic definedTwice(SourceSpan span, String value, SourceSpan first) {
        return Diagnostic.error(span, "`" + value + "` is defined a second time")
                .withLabel("first at " + first.lineAndColumn());
    }

    static Diagnostic slotWrittenTwice(SourceSpan span, int slot, SourceSpan first) {
        return Diagnostic.error(span, "slot " + slot + " is written a second time")
                .withLabel("first at " + first.lineAndColumn())
                .withHelp("every occurrence of a layer's attention has a slot of its own");
    }

    static Diagnostic wrongArguments(SourceSpan span, String operation, List<String> expected, int found) {
        String names = expected.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return Diagnostic.error(
                span, "`%s` takes %s, found %d".formatted(operation, count(expected.size(), names), found));
    }

    private static String count(int arguments, String names) {
        return arguments == 1 ? "1 argument (" + names + ")" : arguments + " arguments (" + names + ")";
    }

    static Diagnostic notA(SourceSpan span, String expected) {
        return Diagnostic.error(span, "expected " + expected);
    }

    static Diagnostic outOfRange(SourceSpan span, String number, String kind) {
        return Diagnostic.error(span, "`" + number + "` is no " + kind);
    }

    static Diagnostic unknownWord(SourceSpan span, String word, List<String> known) {
        return Diagnostic.error(span, "expected one of %s, found `%s`".formatted(String.join(", ", known), word))
                .withHelp(NearestWord.help(word, known));
    }

    static Diagnostic unknownAttribute(SourceSpan span, String operation, String attribute, Collection<String> known) {
        return Diagnostic.error(span, "`%s` has no attribute `%s`".formatted(operation, attribute))
                .withHelp(NearestWord.help(attribute, known));
    }

    static Diagnostic attributeTwice(SourceSpan span, String attribute) {
        return Diagnostic.error(span, "`" + attribute + "` is given a second time");
    }

    static Diagnostic missingAttribute(SourceSpan span, String operation, String attribute) {
        return Diagnostic.error(span, "`%s` lacks the attribute `%s`".formatted(operation, attribute));
    }

    static Diagnostic unknownType(SourceSpan span, String name, Collection<String> known) {
        return Diagnostic.error(span, "there is no type `" + name + "`").withHelp(NearestWord.help(name, known));
    }

    static Diagnostic wrongDimensions(SourceSpan span, String name, String forms) {
        return Diagnostic.error(span, "these are no dimensions of `" + name + "`")
                .withHelp("write " + forms);
    }

    static Diagnostic weightWithoutType(SourceSpan span) {
        return Diagnostic.error(span, "the weight has no type")
                .withHelp("write it after the call, as in `: f32[64, 32]`");
    }

    static Diagnostic parameterType(SourceSpan span, String parameter) {
        return Diagnostic.error(span, "the " + parameter + " are `i32[T]`");
    }

    static Diagnostic wrongType(SourceSpan span, String value, String made, String declared) {
        return Diagnostic.error(span, "`%s` is %s, not %s".formatted(value, made, declared));
    }

    /// @param cause what the operation or type says about its parts
    static Diagnostic doesNotFit(SourceSpan span, IllegalArgumentException cause) {
        return Diagnostic.error(span, String.valueOf(cause.getMessage()));
    }

    static Diagnostic notLogits(SourceSpan span, String value, String type) {
        return Diagnostic.error(span, "a graph returns activations, and `%s` is %s".formatted(value, type));
    }
}
