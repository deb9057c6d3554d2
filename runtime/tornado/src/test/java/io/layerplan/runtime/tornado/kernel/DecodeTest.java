package io.layerplan.runtime.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecodeTest {
    private static final int HALVES = 1 << 16;
    private static final int NOT_FINITE = 31 << 10;

    @Test
    void everyFiniteHalfIsExact() {
        for (int bits = 0; bits < HALVES; bits++) {
            if ((bits & NOT_FINITE) != NOT_FINITE) {
                float expected = Float.float16ToFloat((short) bits);
                // As loaded from either half of a word, the sign bit of the other included.
                for (int word : new int[] {bits, bits | 0xABCD << 16, (bits << 16) >> 16}) {
                    assertThat(Float.floatToRawIntBits(Decode.half(word)))
                            .as("%x", word)
                            .isEqualTo(Float.floatToRawIntBits(expected));
                }
            }
        }
    }
}
