package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;

/// Everything that can be wrong with the shape of a plan's text. Each factory is one message, and has a golden file.
final class SyntaxMessages {
    private SyntaxMessages() {}

    static Diagnostic tooLong(SourceText source, int limit) {
        return Diagnostic.error(SourceSpan.whole(source), "a plan has at most " + limit + " bytes");
    }

    static Diagnostic notText(SourceText source) {
        return Diagnostic.error(SourceSpan.whole(source), "the plan is not UTF-8 text");
    }

    static Diagnostic nestedTooDeeply(SourceSpan span, int limit) {
        return Diagnostic.error(span, "parentheses and blocks are nested more than " + limit + " deep");
    }

    static Diagnostic tooManyOperators(SourceSpan span, int limit) {
        return Diagnostic.error(span, "the expression has more than " + limit + " operators");
    }

    static Diagnostic unexpectedCharacter(SourceSpan span, String character) {
        return Diagnostic.error(span, "unexpected character " + character);
    }

    static Diagnostic notANumber(SourceSpan span, String text) {
        return Diagnostic.error(span, "`" + text + "` is not a number").withHelp("numbers are written `12` or `0.5`");
    }

    static Diagnostic reservedForLater(SourceSpan span, String word) {
        return Diagnostic.error(span, "`" + word + "` is reserved for a later statement");
    }

    static Diagnostic reservedWord(SourceSpan span, String word) {
        return Diagnostic.error(span, "`" + word + "` is a reserved word").withHelp("choose another name");
    }

    static Diagnostic unclosedParenthesis(SourceSpan open) {
        return Diagnostic.error(open, "this `(` is not closed");
    }

    static Diagnostic unclosedBlock(SourceSpan open) {
        return Diagnostic.error(open, "this `{` is not closed");
    }

    static Diagnostic nothingToClose(SourceSpan close, String bracket) {
        return Diagnostic.error(close, "this `" + bracket + "` closes nothing");
    }

    static Diagnostic nameIsNoRepeat(SourceSpan span, String name) {
        return Diagnostic.error(span, "`" + name + "` is a name, not a repeat")
                .withHelp("write `x(" + name.substring(1) + ")`");
    }

    static Diagnostic unexpected(SourceSpan span, String expected, String found) {
        return Diagnostic.error(span, "expected " + expected + ", found " + found);
    }

    static Diagnostic shuffleWithoutSeed(SourceSpan span) {
        return Diagnostic.error(span, "the shuffle has no seed").withHelp("write `shuffle(…, seed 42)`");
    }

    static Diagnostic seedNotLast(SourceSpan span) {
        return Diagnostic.error(span, "the seed comes last").withHelp("write `shuffle(…, seed 42)`");
    }
}
