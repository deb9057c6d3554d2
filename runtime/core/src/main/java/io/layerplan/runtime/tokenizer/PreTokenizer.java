package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/// How byte-level vocabularies split a text before merging. The regular expressions are those of the models'
/// `tokenizer.json`.
///
/// @param names  its names in `tokenizer.ggml.pre`
/// @param stages regular expressions that cut one after the other, see [PieceSplitter]
/// @param traits what else is particular about it
record PreTokenizer(List<String> names, List<String> stages, List<Trait> traits) {
    private static final List<PreTokenizer> ALL = List.of(
            of(List.of("default"), List.of("[\\p{P}$+<=>^~|]+", Expressions.GPT_2, "\\p{N}+", "[0-9][0-9][0-9]")),
            of(List.of("gpt-2", "mpt", "olmo", "exaone4"), List.of(Expressions.GPT_2)),
            of(
                    List.of("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"),
                    List.of("\\p{N}", Expressions.GPT_2)),
            of(List.of("falcon"), List.of("[\\p{P}$+<=>^~|`]+", Expressions.GPT_2, "[0-9][0-9][0-9]")),
            of(
                    List.of("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "lfm2"),
                    List.of(Expressions.words("\\p{N}{1,3}")),
                    Trait.WHOLE_PIECES_FIRST,
                    Trait.ADDS_BOS),
            of(List.of("smaug-bpe", "dbrx"), List.of(Expressions.words("\\p{N}{1,3}"))),
            of(List.of("qwen2"), List.of(Expressions.words("\\p{N}")), Trait.COMPOSES),
            of(List.of("deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan"), List.of(Expressions.words("\\p{N}"))),
            of(List.of("tekken"), List.of(Expressions.TEKKEN), Trait.WHOLE_PIECES_FIRST, Trait.ADDS_BOS),
            of(
                    List.of("deepseek-llm"),
                    List.of(
                            "[\\r\\n]",
                            "\\s?" + Expressions.DEEPSEEK_LETTERS + "+",
                            "\\s?[!-/:-~\\uFF01-\\uFF0F\\uFF1A-\\uFF5E\\u2018-\\u201F\\u3000-\\u3002]+",
                            "\\s+\\z",
                            Expressions.DEEPSEEK_CJK,
                            "\\p{N}+")),
            of(
                    List.of("deepseek-coder"),
                    List.of("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", Expressions.DEEPSEEK_CJK, "\\p{N}")),
            of(
                    List.of("deepseek-v3", "hunyuan-dense"),
                    List.of(
                            "\\p{N}{1,3}",
                            "[\\u4E00-\\u9FA5\\u3040-\\u309F\\u30A0-\\u30FF]+",
                            Expressions.DEEPSEEK_V3)));

    PreTokenizer {
        names = List.copyOf(names);
        stages = List.copyOf(stages);
        traits = List.copyOf(traits);
    }

    enum Trait {
        /// A piece that is a token as a whole stays whole, even where the merges would not lead there.
        WHOLE_PIECES_FIRST,
        /// Texts begin with the begin-of-text token where the file does not say.
        ADDS_BOS,
        /// The text is brought into normalisation form C before it is split.
        COMPOSES
    }

    private static PreTokenizer of(List<String> names, List<String> stages, Trait... traits) {
        return new PreTokenizer(names, stages, List.of(traits));
    }

    /// @throws InputException if no such pre-tokenizer is known
    static PreTokenizer named(String name) {
        return ALL.stream()
                .filter(candidate -> candidate.names.contains(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "pre-tokenizer %s is not supported".formatted(Quoted.of(name)),
                        "supported are " + supported()));
    }

    private static String supported() {
        return ALL.stream()
                .flatMap(candidate -> candidate.names.stream())
                .sorted()
                .collect(Collectors.joining("`, `", "`", "`"));
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    PieceSplitter splitter() {
        return new PieceSplitter(stages, has(Trait.COMPOSES));
    }
}
