package io.layerplan.runtime.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How byte-level vocabularies write bytes as printable characters (`bytes_to_unicode` of GPT-2): the printable ones of
/// Latin-1 are themselves, the other 68 are U+0100 and up in order, so that a space is `Ġ`.
final class ByteLevelAlphabet {
    private static final int FIRST_STAND_IN = 0x100;
    private static final char[] CHARACTERS = new char[256];
    private static final byte[] BYTES;

    static {
        int standIn = FIRST_STAND_IN;
        for (int value = 0; value < CHARACTERS.length; value++) {
            if (isItself(value)) {
                CHARACTERS[value] = (char) value;
            } else {
                CHARACTERS[value] = (char) standIn;
                standIn++;
            }
        }
        BYTES = new byte[standIn];
        for (int value = 0; value < CHARACTERS.length; value++) {
            BYTES[CHARACTERS[value]] = (byte) value;
        }
    }

    private ByteLevelAlphabet() {}

    /// What the vocabulary writes for one byte.
    static char character(byte value) {
        return CHARACTERS[value & 0xFF];
    }

    /// What the vocabulary writes for `text`, as UTF-8: every character of the alphabet takes one or two bytes.
    static byte[] write(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] written = new byte[2 * utf8.length];
        int length = 0;
        for (byte value : utf8) {
            char character = CHARACTERS[value & 0xFF];
            if (character < 0x80) {
                written[length] = (byte) character;
                length++;
            } else {
                written[length] = (byte) (0xC0 | (character >> 6));
                written[length + 1] = (byte) (0x80 | (character & 0x3F));
                length += 2;
            }
        }
        return Arrays.copyOf(written, length);
    }

    /// The bytes that `token` stands for. A token with a character outside the alphabet was added as plain text: it
    /// stands for itself.
    static byte[] read(byte[] token) {
        String characters = new String(token, StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(characters.length());
        for (int i = 0; i < characters.length(); i++) {
            char character = characters.charAt(i);
            boolean known = character < BYTES.length && CHARACTERS[BYTES[character] & 0xFF] == character;
            if (!known) {
                return token;
            }
            bytes.write(BYTES[character]);
        }
        return bytes.toByteArray();
    }

    private static boolean isItself(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || (value >= 0xAE && value <= 0xFF);
    }
}
