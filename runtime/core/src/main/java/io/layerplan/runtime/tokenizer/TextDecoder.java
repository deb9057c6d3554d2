package io.layerplan.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns tokens into text as they come: whole characters only. The bytes of a character that is not complete wait for
/// the next token; bytes that can never become a character are U+FFFD. Not thread-safe.
public final class TextDecoder {
    /// A UTF-8 character has four bytes, so at most three wait.
    private static final int MOST_WAITING = 3;

    private final Tokenizer tokenizer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    private byte[] waiting = {};

    TextDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// The characters that `id` completes, often none.
    public String accept(int id) {
        return decode(tokenizer.bytes(id), false);
    }

    /// What waits at the end of the text: nothing, or U+FFFD for a character that was never completed. The decoder is
    /// then ready for another text.
    public String finish() {
        String rest = decode(new byte[0], true);
        decoder.reset();
        return rest;
    }

    private String decode(byte[] bytes, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(waiting.length + bytes.length);
        in.put(waiting).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + MOST_WAITING);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
        }
        waiting = new byte[in.remaining()];
        in.get(waiting);
        return out.flip().toString();
    }
}
