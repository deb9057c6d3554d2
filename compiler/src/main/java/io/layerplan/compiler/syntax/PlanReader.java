package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Reads a plan: text to tree. Reading stops at the first error of syntax.
///
/// A text longer than [#LONGEST_TEXT], or nested deeper than [#DEEPEST_NESTING], is an error, so that no text makes a
/// reader run out of memory or stack.
public final class PlanReader {
    /// UTF-16 units, and bytes, of a plan's text.
    public static final int LONGEST_TEXT = 1 << 20;

    /// Parentheses and braces around each other; also the operators of one expression.
    public static final int DEEPEST_NESTING = 200;

    private PlanReader() {}

    public static ParseResult read(SourceText source) {
        try {
            if (source.text().length() > LONGEST_TEXT) {
                throw new SyntaxException(SyntaxMessages.tooLong(source, LONGEST_TEXT));
            }
            return new ParseResult(Optional.of(PlanParser.parse(source)), List.of());
        } catch (SyntaxException e) {
            return new ParseResult(Optional.empty(), List.of(e.diagnostic()));
        }
    }

    /// Reads the bytes of a plan file, which are UTF-8.
    ///
    /// @param name what diagnostics call the file
    public static ParseResult read(String name, byte[] bytes) {
        var nameOnly = new SourceText(name, "");
        if (bytes.length > LONGEST_TEXT) {
            return new ParseResult(Optional.empty(), List.of(SyntaxMessages.tooLong(nameOnly, LONGEST_TEXT)));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(new SourceText(name, text));
        } catch (CharacterCodingException e) {
            return new ParseResult(Optional.empty(), List.of(SyntaxMessages.notText(nameOnly)));
        }
    }
}
