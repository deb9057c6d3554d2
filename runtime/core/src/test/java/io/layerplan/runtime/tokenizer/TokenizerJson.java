package io.layerplan.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.layerplan.runtime.gguf.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tokenizers of `train.py`, and what a converter to GGUF makes of them.
final class TokenizerJson {
    static final List<String> BYTE_LEVEL = List.of(
            "default",
            "gpt-2",
            "smollm",
            "falcon",
            "llama-bpe",
            "smaug-bpe",
            "qwen2",
            "deepseek-r1-qwen",
            "tekken",
            "deepseek-llm",
            "deepseek-coder",
            "deepseek-v3");
    static final List<String> SENTENCE_PIECE = List.of("sentencepiece", "sentencepiece-prefix");

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerJson() {}

    static List<String> texts() {
        return List.of(JSON.convertValue(read("texts"), String[].class));
    }

    static byte[] bytes(String name) {
        try (InputStream file = TokenizerJson.class.getResourceAsStream("/tokenizer/" + name + ".json")) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    static Metadata metadata(String name) {
        JsonNode json = read(name);
        boolean byteLevel = BYTE_LEVEL.contains(name);
        List<String> tokens = tokens(json);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("tokenizer.ggml.model", byteLevel ? "gpt2" : "llama");
        metadata.put("tokenizer.ggml.pre", byteLevel ? name : "default");
        metadata.put("tokenizer.ggml.tokens", tokens);
        metadata.put("tokenizer.ggml.token_type", types(json, tokens));
        metadata.put("tokenizer.ggml.add_bos_token", false);
        if (byteLevel) {
            metadata.put("tokenizer.ggml.merges", merges(json));
        } else {
            metadata.put("tokenizer.ggml.scores", scores(tokens.size()));
            metadata.put("tokenizer.ggml.add_space_prefix", name.endsWith("prefix"));
        }
        return Metadata.of(metadata);
    }

    private static JsonNode read(String name) {
        try {
            return JSON.readTree(bytes(name));
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static List<String> tokens(JsonNode json) {
        JsonNode vocabulary = json.at("/model/vocab");
        JsonNode added = json.get("added_tokens");
        int count = 0;
        for (JsonNode id : vocabulary) {
            count = Math.max(count, id.intValue() + 1);
        }
        for (JsonNode token : added) {
            count = Math.max(count, token.get("id").intValue() + 1);
        }
        String[] tokens = new String[count];
        vocabulary.properties().forEach(entry -> tokens[entry.getValue().intValue()] = entry.getKey());
        added.forEach(token ->
                tokens[token.get("id").intValue()] = token.get("content").textValue());
        return Arrays.asList(tokens);
    }

    private static int[] types(JsonNode json, List<String> tokens) {
        int[] types = new int[tokens.size()];
        for (int id = 0; id < types.length; id++) {
            types[id] = tokens.get(id).matches("<0x..>") ? 6 : 1;
        }
        for (JsonNode token : json.get("added_tokens")) {
            types[token.get("id").intValue()] = token.get("special").booleanValue() ? 3 : 4;
        }
        if (tokens.getFirst().equals("<unk>")) {
            types[0] = 2;
        }
        return types;
    }

    /// Older files hold "left right", newer ones a pair.
    private static List<String> merges(JsonNode json) {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : json.at("/model/merges")) {
            merges.add(
                    merge.isTextual()
                            ? merge.textValue()
                            : merge.get(0).textValue() + " " + merge.get(1).textValue());
        }
        return merges;
    }

    /// The earlier a token was learned the higher its score, as in SentencePiece's BPE models.
    private static float[] scores(int count) {
        float[] scores = new float[count];
        for (int id = 0; id < count; id++) {
            scores[id] = -id;
        }
        return scores;
    }
}
