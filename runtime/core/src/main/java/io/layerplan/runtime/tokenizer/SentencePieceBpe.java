package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/// SentencePiece's BPE (Kudo and Richardson, arXiv 1808.06226; `model_type=bpe`): spaces become `▁`, then the pair
/// whose union is the token with the highest score is merged. Characters that no token writes become byte tokens.
final class SentencePieceBpe implements Segmenter {
    static final String SCORES = "tokenizer.ggml.scores";
    static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";

    /// `▁`, U+2581
    private static final byte[] SPACE = {(byte) 0xE2, (byte) 0x96, (byte) 0x81};

    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private final Vocabulary vocabulary;
    private final float[] scores;
    private final boolean addsSpacePrefix;
    private final OptionalInt unknown;
    /// The token of each byte, or -1.
    private final int[] byteTokens = new int[256];

    private SentencePieceBpe(Vocabulary vocabulary, float[] scores, boolean addsSpacePrefix, OptionalInt unknown) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.addsSpacePrefix = addsSpacePrefix;
        this.unknown = unknown;
        for (int value = 0; value < byteTokens.length; value++) {
            byteTokens[value] = byteToken(vocabulary, value);
        }
    }

    static SentencePieceBpe of(Metadata metadata, Vocabulary vocabulary, OptionalInt unknown) {
        float[] scores = metadata.requiredReals(SCORES);
        if (scores.length != vocabulary.size()) {
            throw metadata.refuse(SCORES, "has %d elements for %d tokens".formatted(scores.length, vocabulary.size()));
        }
        for (int id = 0; id < scores.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw metadata.refuse(SCORES, "gives token %d a score that is not a number".formatted(id));
            }
        }
        return new SentencePieceBpe(
                vocabulary, scores, metadata.flag(SPACE_PREFIX).orElse(true), unknown);
    }

    @Override
    public void segment(byte[] text, int from, int to, boolean opens, TokenList ids) {
        byte[] escaped = escape(text, from, to, opens && addsSpacePrefix);
        int[] bounds = new PairMerger(this::rank).merge(escaped, 0, escaped.length);
        boolean afterUnknown = false;
        for (int i = 0; i + 1 < bounds.length; i++) {
            int id = vocabulary.findPlain(escaped, bounds[i], bounds[i + 1]);
            if (id >= 0) {
                ids.add(id);
                afterUnknown = false;
            } else {
                afterUnknown = addBytes(escaped, bounds[i], bounds[i + 1], afterUnknown, ids);
            }
        }
    }

    @Override
    public byte[] bytes(int id) {
        if (vocabulary.type(id) == TokenType.BYTE) {
            return new byte[] {vocabulary.byteOf(id)};
        }
        byte[] text = vocabulary.bytes(id);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            if (i + SPACE.length <= text.length && Arrays.equals(text, i, i + SPACE.length, SPACE, 0, SPACE.length)) {
                plain.write(' ');
                i += SPACE.length - 1;
            } else {
                plain.write(text[i]);
            }
        }
        return plain.toByteArray();
    }

    @Override
    public boolean addsSpacePrefix() {
        return addsSpacePrefix;
    }

    /// Higher scores rank lower. The bits of floats are in the order of the floats once those of negative ones are
    /// turned.
    private int rank(byte[] text, int from, int middle, int to) {
        int id = vocabulary.findPlain(text, from, to);
        if (id < 0) {
            return PairRanks.NONE;
        }
        int bits = Float.floatToIntBits(scores[id] + 0f);
        return ~(bits >= 0 ? bits : bits ^ Integer.MAX_VALUE);
    }

    /// One token for each byte; where the vocabulary lacks one, one unknown token for a run of such characters.
    private boolean addBytes(byte[] text, int from, int to, boolean afterUnknown, TokenList ids) {
        for (int i = from; i < to; i++) {
            if (byteTokens[text[i] & 0xFF] < 0) {
                if (!afterUnknown) {
                    ids.add(unknown.orElseThrow(() -> unwritable(text, from)));
                }
                return true;
            }
        }
        for (int i = from; i < to; i++) {
            ids.add(byteTokens[text[i] & 0xFF]);
        }
        return false;
    }

    private static InputException unwritable(byte[] text, int at) {
        return new InputException(
                "the model's vocabulary has no token for byte 0x%02X of the text".formatted(text[at] & 0xFF),
                "it has neither byte tokens nor an unknown token; leave the character out");
    }

    private static byte[] escape(byte[] text, int from, int to, boolean prefix) {
        int spaces = prefix ? 1 : 0;
        for (int i = from; i < to; i++) {
            spaces += text[i] == ' ' ? 1 : 0;
        }
        int length = Math.addExact(to - from + (prefix ? 1 : 0), Math.multiplyExact(spaces, SPACE.length - 1));
        byte[] escaped = new byte[length];
        int at = prefix ? putSpace(escaped, 0) : 0;
        for (int i = from; i < to; i++) {
            if (text[i] == ' ') {
                at = putSpace(escaped, at);
            } else {
                escaped[at] = text[i];
                at++;
            }
        }
        return escaped;
    }

    private static int putSpace(byte[] text, int at) {
        System.arraycopy(SPACE, 0, text, at, SPACE.length);
        return at + SPACE.length;
    }

    private static int byteToken(Vocabulary vocabulary, int value) {
        byte[] text = {'<', '0', 'x', (byte) HEXADECIMAL.charAt(value >> 4), (byte) HEXADECIMAL.charAt(value & 15), '>'
        };
        int id = vocabulary.find(text, 0, text.length);
        return id >= 0 && vocabulary.type(id) == TokenType.BYTE ? id : -1;
    }
}
