package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.gguf.Metadata;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// The tokens after which a model has nothing more to say: those that the file names, and those that the vocabularies
/// of the known families hold for it under these names, whether the file names them or not.
final class EndOfGeneration {
    private static final List<String> KEYS = List.of(
            "tokenizer.ggml.eos_token_id",
            "tokenizer.ggml.eot_token_id",
            "tokenizer.ggml.eom_token_id",
            "tokenizer.ggml.fim_pad_token_id",
            "tokenizer.ggml.fim_rep_token_id",
            "tokenizer.ggml.fim_sep_token_id");

    /// Names that mean an end in every vocabulary that has them.
    private static final List<String> NAMES = List.of(
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end_of_text|>",
            "<|im_end|>",
            "<|endoftext|>",
            "<|end|>",
            "<end_of_turn>",
            "<end_of_utterance>",
            "<｜end▁of▁sentence｜>",
            "<EOT>",
            "_<EOT>",
            "[EOT]",
            "<|fim_pad|>",
            "<|fim_repo|>",
            "<|repo_name|>",
            "<|file_sep|>");

    /// Names that are something else in some vocabularies (`</s>` is a tag of HTML in Gemma's) and count only for
    /// control tokens.
    private static final List<String> CONTROL_NAMES = List.of(
            "</s>",
            "<eos>",
            "[EOS]",
            "<PAD>",
            "[PAD]",
            "<fim_pad>",
            "<fim-pad>",
            "<fim-repo>",
            "<reponame>",
            "<REPO>",
            "<|return|>",
            "<|call|>");

    private EndOfGeneration() {}

    /// Tokens found by name are marked as control tokens, which some files forget.
    static Set<Integer> of(Metadata metadata, Vocabulary vocabulary) {
        Set<Integer> ids = new TreeSet<>();
        for (String key : KEYS) {
            TokenIds.named(metadata, key, vocabulary).ifPresent(ids::add);
        }
        for (String name : NAMES) {
            vocabulary.find(name).ifPresent(id -> {
                ids.add(id);
                vocabulary.mark(id, TokenType.CONTROL);
            });
        }
        for (String name : CONTROL_NAMES) {
            OptionalInt id = vocabulary.find(name);
            if (id.isPresent() && vocabulary.type(id.getAsInt()) == TokenType.CONTROL) {
                ids.add(id.getAsInt());
            }
        }
        return Collections.unmodifiableSet(ids);
    }
}
