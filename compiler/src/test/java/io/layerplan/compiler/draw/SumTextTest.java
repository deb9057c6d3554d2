package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.draw.SumText.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SumTextTest {
    @Test
    void aResidualIsASum() {
        assertThat(SumText.of(List.of(new Part("x", 1), new Part("down", 1)))).isEqualTo("x + down");
    }

    @Test
    void equalNamesAreASumSign() {
        assertThat(SumText.of(List.of(new Part("x", 1), new Part("out", 1), new Part("out", 1))))
                .isEqualTo("x + Σ out");
    }

    @Test
    void aMeanSaysOfHowMany() {
        assertThat(SumText.of(List.of(
                        new Part("h", 0.5f), new Part("down", 0.5f), new Part("h", 0.5f), new Part("down", 0.5f))))
                .isEqualTo("mean of 2 (h + down)");
    }

    @Test
    void aScaleIsAFactor() {
        assertThat(SumText.of(List.of(new Part("x", 0.5f), new Part("down", 0.5f))))
                .isEqualTo("0.5 (x + down)");
        assertThat(SumText.of(List.of(new Part("x", 1), new Part("down", 0.25f))))
                .isEqualTo("x + 0.25 down");
        assertThat(SumText.of(List.of(new Part("x", 0)))).isEqualTo("0 x");
    }

    @Test
    void weightsThatDifferAreNotListed() {
        assertThat(SumText.of(List.of(new Part("x", 1), new Part("down", 0.25f), new Part("down", 0.75f))))
                .isEqualTo("x + Σ w down");
    }
}
