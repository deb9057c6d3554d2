package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static Page page(String plan) {
        return Page.of(PictureReader.read(Compiled.of(plan, "gemma3", 18).fused()), 100);
    }

    @Test
    void eighteenLayersTakeAboutFourToThree() {
        Page page = page("run all");
        assertThat(page.columns()).isGreaterThan(1);
        assertThat(page.width() / page.height()).isBetween(0.9, 1.8);
    }

    @Test
    void bandsDoNotOverlapAndStayOnThePage() {
        Page page = page("run 0..2; par 3..12 avg x2; par { run 13..15; ffn 16 } sum; run rest");
        List<PlacedBand> bands =
                page.pieces().stream().flatMap(piece -> piece.bands().stream()).toList();
        for (int i = 1; i < bands.size(); i++) {
            PlacedBand above = bands.get(i - 1);
            PlacedBand below = bands.get(i);
            if (above.column() == below.column()) {
                assertThat(below.y()).isGreaterThan(above.bottom());
            } else {
                assertThat(below.column()).isEqualTo(above.column() + 1);
                assertThat(below.x()).isGreaterThanOrEqualTo(above.x() + Page.columnWidth(page.boxes()));
            }
            assertThat(below.bottom()).isLessThan(page.height());
        }
    }

    @Test
    void manyBranchesWidenTheColumns() {
        Page page = page("par 0..17 avg");
        assertThat(page.boxes()).isEqualTo(18 * Measures.NARROWEST_LANE);
    }

    @Test
    void aLongBlockGoesOnInTheNextColumn() {
        Page page = page("par { run 0..8; run 9..17 } avg");
        assertThat(page.columns()).isGreaterThan(1);
        assertThat(page.width() / page.height()).isBetween(0.7, 2.0);
    }
}
