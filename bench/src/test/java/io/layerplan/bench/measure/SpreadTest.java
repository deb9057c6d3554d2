package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void quartilesLieBetweenValues() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1.75, 3.25, 1, 4, 4));
    }

    @Test
    void ofOneValueIsThatValue() {
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 7, 7, 1));
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        double[] fast = {2, 20, 200};
        double[] slow = {1, 10, 100};
        assertThat(Spread.ofRatios(fast, slow)).isEqualTo(new Spread(2, 2, 2, 2, 2, 3));
    }
}
