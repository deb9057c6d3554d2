package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;

/// A model's tokenizer, from the `tokenizer.ggml.…` keys of its file. Immutable and thread-safe.
public final class Tokenizer {
    private static final String MODEL = "tokenizer.ggml.model";
    private static final String PRE = "tokenizer.ggml.pre";
    private static final String ADD_BOS = "tokenizer.ggml.add_bos_token";
    private static final String ADD_EOS = "tokenizer.ggml.add_eos_token";

    private static final int USUAL_UNKNOWN = 0;
    private static final int USUAL_BOS = 1;
    private static final int USUAL_EOS = 2;

    private final Vocabulary vocabulary;
    private final SpecialTokens special;
    private final Segmenter segmenter;
    private final OptionalInt bos;
    private final OptionalInt eos;
    private final boolean addsBos;
    private final boolean addsEos;
    private final Set<Integer> endOfGeneration;

    private Tokenizer(
            Vocabulary vocabulary,
            Segmenter segmenter,
            OptionalInt bos,
            OptionalInt eos,
            boolean addsBos,
            boolean addsEos,
            Set<Integer> endOfGeneration) {
        this.vocabulary = vocabulary;
        this.special = new SpecialTokens(vocabulary);
        this.segmenter = segmenter;
        this.bos = bos;
        this.eos = eos;
        this.addsBos = addsBos;
        this.addsEos = addsEos;
        this.endOfGeneration = endOfGeneration;
    }

    /// @throws InputException if a key is missing, contradicts another one, or names something that is not supported
    public static Tokenizer of(Metadata metadata) {
        String model = metadata.requiredString(MODEL);
        return switch (model) {
            case "llama" -> sentencePiece(metadata);
            case "gpt2" -> byteLevel(metadata);
            default ->
                throw new InputException(
                        "tokenizer model %s is not supported".formatted(Quoted.of(model)),
                        "supported are `gpt2` (byte-level BPE) and `llama` (SentencePiece-BPE)");
        };
    }

    private static Tokenizer sentencePiece(Metadata metadata) {
        Vocabulary vocabulary = Vocabulary.of(metadata);
        OptionalInt unknown =
                TokenIds.namedOrUsual(metadata, TokenIds.UNKNOWN, USUAL_UNKNOWN, TokenType.UNKNOWN, vocabulary);
        return create(
                metadata,
                vocabulary,
                SentencePieceBpe.of(metadata, vocabulary, unknown),
                TokenIds.namedOrUsual(metadata, TokenIds.BOS, USUAL_BOS, TokenType.CONTROL, vocabulary),
                TokenIds.namedOrUsual(metadata, TokenIds.EOS, USUAL_EOS, TokenType.CONTROL, vocabulary),
                true);
    }

    private static Tokenizer byteLevel(Metadata metadata) {
        PreTokenizer preTokenizer = PreTokenizer.named(metadata.string(PRE)
                .orElseThrow(() -> new InputException(
                        "key `%s` is missing".formatted(PRE),
                        "the file was made before pre-tokenizers were named; convert the model anew")));
        Vocabulary vocabulary = Vocabulary.of(metadata);
        return create(
                metadata,
                vocabulary,
                ByteLevelBpe.of(metadata, vocabulary, preTokenizer),
                TokenIds.named(metadata, TokenIds.BOS, vocabulary),
                TokenIds.named(metadata, TokenIds.EOS, vocabulary),
                preTokenizer.has(PreTokenizer.Trait.ADDS_BOS));
    }

    private static Tokenizer create(
            Metadata metadata,
            Vocabulary vocabulary,
            Segmenter segmenter,
            OptionalInt bos,
            OptionalInt eos,
            boolean usuallyAddsBos) {
        boolean addsBos = metadata.flag(ADD_BOS).orElse(usuallyAddsBos);
        boolean addsEos = metadata.flag(ADD_EOS).orElse(false);
        if (addsBos && bos.isEmpty()) {
            throw new InputException(
                    "key `%s` is missing".formatted(TokenIds.BOS),
                    "texts begin with that token: `%s`".formatted(ADD_BOS));
        }
        if (addsEos && eos.isEmpty()) {
            throw new InputException(
                    "key `%s` is missing".formatted(TokenIds.EOS),
                    "texts end with that token: `%s`".formatted(ADD_EOS));
        }
        Set<Integer> endOfGeneration = EndOfGeneration.of(metadata, vocabulary);
        return new Tokenizer(vocabulary, segmenter, bos, eos, addsBos, addsEos, endOfGeneration);
    }

    public int vocabularySize() {
        return vocabulary.size();
    }

    /// The token that texts begin with, where there is one.
    public OptionalInt bos() {
        return bos;
    }

    /// The token that texts end with, where there is one.
    public OptionalInt eos() {
        return eos;
    }

    /// Whether a text begins with [#bos()].
    public boolean addsBos() {
        return addsBos;
    }

    /// Every token after which a model has nothing more to say, in ascending order.
    public Set<Integer> endOfGeneration() {
        return endOfGeneration;
    }

    /// Whether the token is structure that is not shown: a control token or the unknown token.
    public boolean isControl(int id) {
        TokenType type = vocabulary.type(check(id));
        return type == TokenType.CONTROL || type == TokenType.UNKNOWN;
    }

    /// The token's text as the file writes it, with `Ġ` or `▁` for a space: for people.
    public String token(int id) {
        return vocabulary.text(check(id));
    }

    /// The token that the file writes as `text`.
    public OptionalInt find(String text) {
        return vocabulary.find(text);
    }

    /// The ids of a prompt: [EncodeOptions#PROMPT].
    public int[] encode(String text) {
        return encode(text, EncodeOptions.PROMPT);
    }

    /// The ids of `text`.
    ///
    /// @throws InputException if the vocabulary cannot write the text
    public int[] encode(String text, EncodeOptions options) {
        TokenList ids = new TokenList();
        if (options.addSpecial() && addsBos) {
            bos.ifPresent(ids::add);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean opens = true;
        int done = 0;
        int at = 0;
        while (at < utf8.length) {
            int id = special.longestAt(utf8, at, options.parseSpecial());
            if (id < 0) {
                at++;
                continue;
            }
            if (done < at) {
                segmenter.segment(utf8, done, at, opens, ids);
            }
            ids.add(id);
            opens = true;
            at += vocabulary.length(id);
            done = at;
        }
        if (done < at) {
            segmenter.segment(utf8, done, at, opens, ids);
        }
        if (options.addSpecial() && addsEos) {
            eos.ifPresent(ids::add);
        }
        return ids.toArray();
    }

    /// What the token adds to a text, in UTF-8, which may be part of a character. Control tokens add nothing.
    public byte[] bytes(int id) {
        return isControl(id) ? new byte[0] : segmenter.bytes(id);
    }

    /// The whole text of `ids`: what [#encode(String)] was given, where that kept everything. Bytes that are no UTF-8
    /// become U+FFFD.
    public String decode(int[] ids) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean opens = true;
        for (int id : ids) {
            byte[] bytes = bytes(id);
            boolean isSpecial = vocabulary.type(id).isSpecial();
            boolean prefixed =
                    opens && !isSpecial && segmenter.addsSpacePrefix() && bytes.length > 0 && bytes[0] == ' ';
            text.write(bytes, prefixed ? 1 : 0, bytes.length - (prefixed ? 1 : 0));
            opens = isSpecial;
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /// For the tokens of one text as they come.
    public TextDecoder decoder() {
        return new TextDecoder(this);
    }

    private int check(int id) {
        if (id < 0 || id >= vocabulary.size()) {
            throw new InputException(
                    "token %d is outside the vocabulary".formatted(id),
                    "the model has %d tokens, numbered from 0".formatted(vocabulary.size()));
        }
        return id;
    }
}
