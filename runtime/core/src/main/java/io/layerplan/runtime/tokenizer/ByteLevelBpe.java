package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Byte-level BPE (Radford et al., 2019, "Language models are unsupervised multitask learners"): a pre-tokenizer splits
/// the text, the bytes of each piece are the first symbols, and listed merges apply, the earliest in the list first.
final class ByteLevelBpe implements Segmenter {
    private final Vocabulary vocabulary;
    private final Merges merges;
    private final PieceSplitter splitter;
    private final boolean wholePiecesFirst;

    private ByteLevelBpe(Vocabulary vocabulary, Merges merges, PreTokenizer preTokenizer) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.splitter = preTokenizer.splitter();
        this.wholePiecesFirst = preTokenizer.has(PreTokenizer.Trait.WHOLE_PIECES_FIRST);
    }

    static ByteLevelBpe of(Metadata metadata, Vocabulary vocabulary, PreTokenizer preTokenizer) {
        return new ByteLevelBpe(vocabulary, Merges.of(metadata), preTokenizer);
    }

    @Override
    public void segment(byte[] text, int from, int to, boolean opens, TokenList ids) {
        PairMerger merger = new PairMerger(merges);
        String plain = new String(text, from, to - from, StandardCharsets.UTF_8);
        splitter.split(plain, piece -> addPiece(ByteLevelAlphabet.write(piece), merger, ids));
    }

    @Override
    public byte[] bytes(int id) {
        return switch (vocabulary.type(id)) {
            case BYTE -> new byte[] {vocabulary.byteOf(id)};
            case USER_DEFINED -> vocabulary.bytes(id);
            case NORMAL, CONTROL, UNKNOWN, UNUSED, UNDEFINED -> ByteLevelAlphabet.read(vocabulary.bytes(id));
        };
    }

    @Override
    public boolean addsSpacePrefix() {
        return false;
    }

    private void addPiece(byte[] piece, PairMerger merger, TokenList ids) {
        if (wholePiecesFirst) {
            int whole = vocabulary.findPlain(piece, 0, piece.length);
            if (whole >= 0) {
                ids.add(whole);
                return;
            }
        }
        int[] bounds = merger.merge(piece, 0, piece.length);
        for (int i = 0; i + 1 < bounds.length; i++) {
            int id = vocabulary.findPlain(piece, bounds[i], bounds[i + 1]);
            if (id < 0) {
                throw unwritable(piece, bounds[i], bounds[i + 1]);
            }
            ids.add(id);
        }
    }

    private static InputException unwritable(byte[] piece, int from, int to) {
        byte[] symbol = Arrays.copyOfRange(piece, from, to);
        byte[] bytes = ByteLevelAlphabet.read(symbol);
        if (bytes.length == 1) {
            return new InputException(
                    "the model's vocabulary has no token for byte 0x%02X of the text".formatted(bytes[0] & 0xFF),
                    "leave the character out; the model never learned it");
        }
        return new InputException("`%s` makes %s, which is not in `%s`"
                .formatted(Merges.MERGES, Quoted.of(new String(symbol, StandardCharsets.UTF_8)), Vocabulary.TOKENS));
    }
}
