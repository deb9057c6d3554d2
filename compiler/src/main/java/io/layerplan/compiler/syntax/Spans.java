package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Where tokens and rules stand in the source. ANTLR counts characters, a [SourceSpan] UTF-16 units.
public final class Spans {
    private final SourceText source;
    private final int @Nullable [] offsets;

    public Spans(SourceText source) {
        this.source = source;
        this.offsets = offsets(source.text());
    }

    public SourceSpan of(Token token) {
        return between(token, token);
    }

    public SourceSpan of(ParserRuleContext rule) {
        return between(rule.getStart(), rule.getStop());
    }

    public SourceSpan between(Token first, Token last) {
        return new SourceSpan(source, offset(first.getStartIndex()), offset(last.getStopIndex() + 1));
    }

    /// The place just after a token.
    public SourceSpan after(Token token) {
        int end = offset(token.getStopIndex() + 1);
        return new SourceSpan(source, end, end);
    }

    /// The end of the text.
    public SourceSpan end() {
        int end = source.text().length();
        return new SourceSpan(source, end, end);
    }

    private int offset(int character) {
        return offsets == null ? character : offsets[character];
    }

    /// The offset of every character and of the end, or null where both counts are the same.
    private static int @Nullable [] offsets(String text) {
        int characters = text.codePointCount(0, text.length());
        if (characters == text.length()) {
            return null;
        }
        int[] offsets = new int[characters + 1];
        for (int i = 0, offset = 0; i < characters; i++) {
            offset += Character.charCount(text.codePointAt(offset));
            offsets[i + 1] = offset;
        }
        return offsets;
    }
}
