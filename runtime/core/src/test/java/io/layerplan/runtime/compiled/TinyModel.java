package io.layerplan.runtime.compiled;

import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.text.ProgramReader;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.testing.RandomWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// A model of 40 tokens as a file, and a program for it: attention and nothing else. There is a weight that the program
/// does not use, in the middle.
final class TinyModel {
    static final PlanOrigin ORIGIN =
            new PlanOrigin("tiny.plan", "run all # ü\n", Map.of("target", "cpu", "set.n", "2"));

    /// Its weights stay as files have them.
    static final Program PROGRAM =
            program(NumericMode.F32, 32, ElementType.Q4_1, ElementType.Q4_0, ElementType.Q4_1, ElementType.F16);

    private TinyModel() {}

    /// The program for weights of one format, two heads of 128, in the mode that quantises activations.
    static Program quantised(ElementType type) {
        return program(NumericMode.Q8, 256, type, type, type, type);
    }

    /// A launch whose queries, keys and values take one input as integers and as floats.
    static Program integersAndFloats() {
        return program(NumericMode.Q8, 256, ElementType.Q8_0, ElementType.Q4_0, ElementType.Q8_0, ElementType.Q4_1);
    }

    private static Program program(
            NumericMode mode, int width, ElementType table, ElementType q, ElementType k, ElementType v) {
        return ProgramReader.read("tiny", """
            program "tiny plan" {
              mode %1$s
              vocabulary 40
              context 64

              weights {
                w0 = %2$s[40, %6$d] "token_embd.weight"
                w1 = f32[1, %6$d] "attn_norm.weight"
                w2 = %3$s[%6$d, %6$d] "attn_q.weight"
                w3 = %4$s[%6$d, %6$d] "attn_k.weight"
                w4 = %5$s[%6$d, %6$d] "attn_v.weight"
              }
              buffers {
                b0 = tokens[%6$d]
                b1 = tokens[%6$d]
                b2 = tokens[%6$d]
                b3 = outputs[40]
              }
              slots {
                kv0 = layer 0, width %6$d, window 0
              }

              launch 0 {
                b0 = embed(w0, scale 1.0)
              }
              launch 1 {
                b1 = matmul(norm(b0, w1, 1.0E-5), w2) | heads %7$d | rotate(halves %7$d, base 10000.0, scale 1.0)
                kv0.keys = matmul(norm(b0, w1, 1.0E-5), w3) | heads %7$d | rotate(halves %7$d, base 10000.0, scale 1.0)
                kv0.values = matmul(norm(b0, w1, 1.0E-5), w4)
              }
              launch 2 {
                b2 = attention(b1, kv0, heads 2, kv_heads 2, size %7$d, scale 0.25)
              }
              launch 3 {
                b1 = sum(b0, b2)
              }
              launch 4 {
                b3 = matmul(b1, w0)
              }

              logits b3
            }
            """.formatted(
                        mode.name().toLowerCase(Locale.ROOT),
                        table.label(),
                        q.label(),
                        k.label(),
                        v.label(),
                        width,
                        width / 2));
    }

    static Path write(Path path, String name, long seed) {
        return write(path, name, seed, PROGRAM);
    }

    /// With the weights of another program.
    static Path write(Path path, String name, long seed, Program program) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("general.architecture", "llama");
        keys.put("general.name", name);
        keys.putAll(tokenizer());
        GgufWriter writer = new GgufWriter(Metadata.of(keys));
        Random random = new Random(seed);
        for (WeightReference weight : program.weights()) {
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
