package io.layerplan.runtime.program.text;

/// One layer, fused, as text.
final class SampleProgram {
    static final String TEXT = """
        program "one layer" {
          mode q8
          vocabulary 48
          context 512

          weights {
            w0 = q8_0[48, 64] "token_embd.weight"
            w1 = f32[1, 64] "blk.0.attn_norm.weight"
            w2 = q8_0[64, 64] "blk.0.attn_q.weight"
            w3 = q4_0[32, 64] "blk.0.attn_k.weight"
            w4 = q8_0[32, 64] "blk.0.attn_v.weight"
            w5 = f32[1, 16] "blk.0.attn_q_norm.weight"
            w6 = q8_0[64, 64] "blk.0.attn_output.weight"
            w7 = f16[96, 64] "blk.0.ffn_gate.weight"
            w8 = f16[96, 64] "blk.0.ffn_up.weight"
            w9 = bf16[64, 96] "blk.0.ffn_down.weight"
          }
          buffers {
            b0 = tokens[64]
            b1 = tokens[128]
            b2 = tokens[64]
            b3 = tokens[96]
            b4 = outputs[48]
          }
          slots {
            kv0 = layer 0, width 32, window 0
          }

          launch 0 {
            b0 = embed(w0, scale 8.0)
          }
          launch 1 {
            b1[0..63] = matmul(norm(b0, w1, 1.0E-5), w2) | heads 16 | norm(w5, 1.0E-6) | rotate(halves 16, base 10000.0, scale 1.0)
            kv0.keys = matmul(norm(b0, w1, 1.0E-5), w3) | heads 16 | rotate(halves 16, base 10000.0, scale 1.0)
            kv0.values = matmul(norm(b0, w1, 1.0E-5), w4)
          }
          launch 2 {
            b1[64..127] = attention(b1[0..63], kv0, heads 4, kv_heads 2, size 16, scale 0.25)
          }
          launch 3 {
            b2 = sum(b0, 0.5 * matmul(b1[64..127], w6) + w1)
          }
          launch 4 {
            b3 = gated_matmul(silu, norm(b2, w1, 1.0E-5), w7, w8)
          }
          launch 5 {
            b0 = sum(b2, matmul(b3, w9))
          }
          launch 6 {
            b4 = matmul(norm(b0, w1, 1.0E-5), w0)
          }

          logits b4
        }
        """;

    private SampleProgram() {}
}
