package io.layerplan.runtime.program.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.layerplan.runtime.InputException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgramReaderTest {
    /// In the sample, the left is replaced by the right; then the message.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
        mode q8                 ~ mode q9                  ~ line 2: expected a numeric mode (`f32`, `q8`), found `q9`
        vocabulary 48           ~ vocabulary 4.5           ~ line 3: expected the vocabulary, a whole number, found `4.5`
        vocabulary 48           ~ vocabulary 0             ~ line 1: the vocabulary is 0, expected 1 to 67108864
        context 512             ~ context 99999999999      ~ line 4: the context is 99999999999, more than 2147483647
        w3 = q4_0[32, 64]       ~ w3 = q4_0[32, 65]        ~ line 10: 65 columns are no multiple of the 32 of a block of q4_0
        w3 = q4_0               ~ w3 = q3_k                ~ line 10: expected an element type (`f32`, `f16`, `q4_0`, `q4_1`, `q5_0`, `q5_1`, `q8_0`, `q4_k`, `q5_k`, `q6_k`, `bf16`), found `q3_k`
        w3 = q4_0               ~ w4 = q4_0                ~ line 10: expected `w3`, found `w4`
        "blk.0.attn_q.weight"   ~ ""                       ~ line 9: a weight without a name
        "blk.0.attn_q.weight"   ~ "blk                     ~ line 9: a name lacks its closing quote
        b2 = tokens[64]         ~ b2 = tokens[0]           ~ line 21: buffer `b2` has no columns
        width 32, window        ~ width 31, window         ~ line 34: the rows of the matrix and the slot's width differ: 32 and 31
        launch 1                ~ launch 2                 ~ line 32: expected launch 1, found launch 2
        scale 8.0               ~ scale 1e99               ~ line 30: `scale` is 1e99, more than a 32-bit float can hold
        embed(w0                ~ embed(w11                ~ line 30: there is no weight `w11`
        embed(w0                ~ embed(b0                 ~ line 30: expected a weight such as `w0`, found `b0`
        embed(w0                ~ embad(w0                 ~ line 30: there is no kernel `embad`
        embed(w0                ~ embed(w3                 ~ line 30: 32 rows of the embedding table, expected 48 or more
        norm(b0, w1, 1.0E-5), w2~ norm(b7, w1, 1.0E-5), w2 ~ line 33: there is no buffer `b7`
        norm(b0, w1, 1.0E-5), w2~ norm(b0, w1, -1.0E-5), w2~ line 33: epsilon is -1.0E-5
        norm(b0, w1, 1.0E-5), w2~ norm(b0, w5, 1.0E-5), w2 ~ line 33: the norm's gain, `w5`, is 1 x 16, expected 1 x 64
        b1[0..63] = matmul      ~ b1[0..128] = matmul      ~ line 33: `b1[0..128]` is no range of columns of a buffer of width 128
        b1[0..63] = matmul      ~ b1[0..62] = matmul       ~ line 33: the rows of the matrix and the result's width differ: 64 and 63
        heads 16 | norm ~ heads 15 | norm ~ line 33: 15 elements of a head, no divisor of the width 64
        rotate(halves 16        ~ rotate(halves 15         ~ line 33: a rotation of 15 dimensions, base 10000.0, scale 1.0
        rotate(halves 16        ~ rotate(halves 18         ~ line 33: rotates 18 elements of heads of 16
        kv0.values = matmul     ~ kv0.keys = matmul        ~ line 35: writes `kv0.keys`, which another job of this launch writes
        kv0.values = matmul     ~ kv1.values = matmul      ~ line 35: there is no slot `kv1`
        kv0.values = matmul     ~ kv0.words = matmul       ~ line 35: expected `values`, found `words`
        b1[64..127] = attention ~ b1[63..126] = attention  ~ line 38: reads `b1[0..63]`, which this launch writes
        b1[64..127] = attention ~ b1[0..63] = attention    ~ line 41: reads `b1[64..127]`, which no earlier launch has written
        kv_heads 2, size 16     ~ kv_heads 3, size 16      ~ line 38: 4 heads over 3 of size 16
        b2 = sum(b0             ~ b2 = sum(b3              ~ line 41: the widths of operand and result differ: 96 and 64
        b2 = sum(b0             ~ b2 = sum(b2              ~ line 41: reads `b2[0..63]`, which this launch writes
        b0 = sum(b2             ~ b0 = sum(b1[64..127], b4 ~ line 47: `b0` has rows for tokens, its operand `b4` only for outputs
        b3 = gated_matmul(silu  ~ b3 = gated_matmul(relu   ~ line 44: expected an activation (`silu`, `gelu_tanh`), found `relu`
        logits b4               ~ logits b2[0..47]         ~ line 53: the logits are no rows for outputs
        logits b4               ~ logits b4[0..46]         ~ line 53: the logits are 47 wide, the vocabulary has 48 tokens
        logits b4               ~ logit b4                 ~ line 53: expected `launch` or `logits`, found `logit`
        """)
    void namesTheLineAndWhatIsWrong(String part, String replacement, String message) {
        assertThat(SampleProgram.TEXT).contains(part);
        int at = SampleProgram.TEXT.indexOf(part);
        String text =
                SampleProgram.TEXT.substring(0, at) + replacement + SampleProgram.TEXT.substring(at + part.length());
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ProgramReader.read("sample", text))
                .withMessageStartingWith("sample, " + message);
    }

    @Test
    void refusesUnknownEscapes() {
        String text = SampleProgram.TEXT.replace("blk.0.attn_q.weight", "blk\\n");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ProgramReader.read("sample", text))
                .withMessageStartingWith("sample, line 9: expected")
                .withMessageEndingWith("after a backslash in a name");
    }

    @Test
    void refusesWhatNoEarlierLaunchHasWritten() {
        String early =
                SampleProgram.TEXT.replace("norm(b2, w1, 1.0E-5), w7, w8", "norm(b1[1..64], w1, 1.0E-5), w7, w8");
        assertThat(ProgramReader.read("sample", early)).isNotNull();
        String unwritten = SampleProgram.TEXT
                .replace("b0 = sum(b2, matmul(b3, w9))", "b2 = sum(b0, matmul(b3, w9))")
                .replace("b2 = sum(b0, 0.5", "b1[0..63] = sum(b0, 0.5")
                .replace("matmul(b1[64..127], w6)", "matmul(b2, w6)");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ProgramReader.read("sample", unwritten))
                .withMessage("sample, line 41: reads `b2[0..63]`, which no earlier launch has written");
    }

    @Test
    void refusesEveryTruncation() {
        for (int length = 0; length < SampleProgram.TEXT.length() - 2; length++) {
            String text = SampleProgram.TEXT.substring(0, length);
            assertThatExceptionOfType(InputException.class)
                    .as("the first %d characters", length)
                    .isThrownBy(() -> ProgramReader.read("sample", text));
        }
    }

    @Test
    void refusesOrAcceptsDamagedTextWithoutAnyOtherError() {
        Random random = new Random(1);
        String alphabet = "0123456789 abkw.[](){}=,+*|\"\\-E\n\u00e9";
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(SampleProgram.TEXT);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                ProgramReader.read("sample", text.toString());
            } catch (InputException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s)sample, line \\d+: .+");
            }
        }
        assertThat(refused).isBetween(3_500, 5_000);
    }
}
