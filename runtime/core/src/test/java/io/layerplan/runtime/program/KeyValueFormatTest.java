package io.layerplan.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyValueFormatTest {
    @Test
    void floatsStayAsTheyAre() {
        assertThat(KeyValueFormat.F32.stored(0.1f)).isEqualTo(0.1f);
    }

    @Test
    void halvesAreRoundedToTheNearestTiesToEven() {
        assertThat(KeyValueFormat.F16.stored(1 + 0x1p-11f)).isEqualTo(1);
        assertThat(KeyValueFormat.F16.stored(1 + 0x3p-11f)).isEqualTo(1 + 0x1p-9f);
        assertThat(KeyValueFormat.F16.stored(0.1f)).isEqualTo(0.099975586f);
        assertThat(KeyValueFormat.F16.stored(0x1.8p-24f)).isEqualTo(0x1p-23f);
    }

    @Test
    void whatIsTooLargeForAHalfIsInfinite() {
        assertThat(KeyValueFormat.F16.stored(65519)).isEqualTo(65504);
        assertThat(KeyValueFormat.F16.stored(-65520)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
