package io.layerplan.runtime.compiled;

import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.text.ProgramReader;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.testing.RandomWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A model of 40 tokens as a file, and a program for it: attention and nothing else. There is a weight that the program
/// does not use, in the middle.
final class TinyModel {
    static final PlanOrigin ORIGIN =
            new PlanOrigin("tiny.plan", "run all # ü\n", Map.of("target", "cpu", "set.n", "2"));

    static final Program PROGRAM = ProgramReader.read("tiny", """
        program "tiny plan" {
          mode f32
          vocabulary 40
          context 64

          weights {
            w0 = q8_0[40, 32] "token_embd.weight"
            w1 = f32[1, 32] "attn_norm.weight"
            w2 = q4_0[32, 32] "attn_q.weight"
            w3 = q8_0[32, 32] "attn_k.weight"
            w4 = f16[32, 32] "attn_v.weight"
          }
          buffers {
            b0 = tokens[32]
            b1 = tokens[32]
            b2 = tokens[32]
            b3 = outputs[40]
          }
          slots {
            kv0 = layer 0, width 32, window 0
          }

          launch 0 {
            b0 = embed(w0, scale 1.0)
          }
          launch 1 {
            b1 = matmul(norm(b0, w1, 1.0E-5), w2) | heads 16 | rotate(halves 16, base 10000.0, scale 1.0)
            kv0.keys = matmul(norm(b0, w1, 1.0E-5), w3) | heads 16 | rotate(halves 16, base 10000.0, scale 1.0)
            kv0.values = matmul(norm(b0, w1, 1.0E-5), w4)
          }
          launch 2 {
            b2 = attention(b1, kv0, heads 2, kv_heads 2, size 16, scale 0.25)
          }
          launch 3 {
            b1 = sum(b0, b2)
          }
          launch 4 {
            b3 = matmul(b1, w0)
          }

          logits b3
        }
        """);

    private TinyModel() {}

    static Path write(Path path, String name, long seed) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("general.architecture", "llama");
        keys.put("general.name", name);
        keys.putAll(tokenizer());
        GgufWriter writer = new GgufWriter(Metadata.of(keys));
        Random random = new Random(seed);
        for (WeightReference weight : PROGRAM.weights()) {
            writer.tensor(
                    RandomWeights.matrix(weight.name(), weight.type(), weight.rows(), weight.columns(), 0.3, random));
            if (weight.id() == 1) {
                writer.tensor(RandomWeights.matrix("unused.weight", ElementType.F32, 1, 7, 1, random));
            }
        }
        writer.write(path);
        return path;
    }

    /// SentencePiece-BPE of small letters and a few signs, without merges.
    private static Map<String, Object> tokenizer() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>", "\u2581"));
        "abcdefghijklmnopqrstuvwxyz.,;:!?-'()".chars().forEach(letter -> tokens.add(Character.toString(letter)));
        int[] types = new int[tokens.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = i == 0 ? 2 : i < 3 ? 3 : 1;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("tokenizer.ggml.model", "llama");
        keys.put("tokenizer.ggml.tokens", tokens);
        keys.put("tokenizer.ggml.scores", new float[tokens.size()]);
        keys.put("tokenizer.ggml.token_type", types);
        keys.put("tokenizer.ggml.bos_token_id", 1);
        keys.put("tokenizer.ggml.eos_token_id", 2);
        return keys;
    }
}
