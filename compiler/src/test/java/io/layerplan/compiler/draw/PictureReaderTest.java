package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureReaderTest {
    private static List<Block> blocks(String plan, String architecture) {
        return PictureReader.read(Compiled.of(plan, architecture, 6).fused());
    }

    @Test
    void findsTheLayersBetweenEmbeddingAndHead() {
        for (String architecture : List.of("llama", "qwen2", "qwen3", "gemma3")) {
            assertThat(blocks("run 3, 0", architecture))
                    .as(architecture)
                    .extracting(Block::title)
                    .containsExactly("embed", "3", "0", "head");
        }
    }

    @Test
    void findsTheLayersOfAnUnfusedProgramToo() {
        Program unfused = Compiled.of("run 0; par 1..3 avg", "llama", 6).unfused();
        List<Block> blocks = PictureReader.read(unfused);
        assertThat(blocks).extracting(Block::title).containsExactly("embed", "0", "1..3", "head");
        assertThat(blocks.get(2).sections().getFirst().lanes()).isEqualTo(3);
    }

    @Test
    void putsBranchesSideBySideAndTheirJoinAcrossThem() {
        Block par = blocks("par 1..4 avg", "llama").get(1);
        assertThat(par.title()).isEqualTo("1..4");
        Section section = par.sections().getFirst();
        assertThat(section.lanes()).isEqualTo(4);
        assertThat(section.bands().getFirst().boxes())
                .extracting(Box::firstLane)
                .containsExactly(0, 1, 2, 3);
        assertThat(section.bands().getFirst().boxes())
                .extracting(box -> box.caption().operation())
                .containsOnly("q·k·v");
        Box join = section.bands().getLast().boxes().getFirst();
        assertThat(join.firstLane()).isZero();
        assertThat(join.lastLane()).isEqualTo(3);
        assertThat(join.caption().operation()).isEqualTo("mean of 4 (h + down)");
    }

    @Test
    void aBranchOfSeveralLayersIsOneLane() {
        Section section = blocks("par { run 0..1; ffn 2; { attn 3; ffn 4 } } sum", "llama")
                .get(1)
                .sections()
                .getFirst();
        assertThat(section.lanes()).isEqualTo(3);
    }

    @Test
    void layerParallelismIsTwoSectionsOfOneBlock() {
        Block block = blocks("par 2,4 lp", "llama").get(1);
        assertThat(block.title()).isEqualTo("2, 4");
        assertThat(block.sections()).extracting(Section::lanes).containsExactly(2, 2);
    }

    @Test
    void halvesAndTurnsAreNoted() {
        List<Block> blocks = blocks("attn 0; ffn 1; run 2 x2", "gemma3");
        assertThat(blocks).extracting(Block::title).containsExactly("embed", "0", "1", "2", "2", "head");
        assertThat(blocks)
                .extracting(Block::notes)
                .containsExactly(
                        List.of(),
                        List.of("attn only"),
                        List.of("ffn only"),
                        List.of("1 of 2"),
                        List.of("2 of 2"),
                        List.of());
    }

    @Test
    void aPlanInWhichNothingRunsIsEmbeddingAndHead() {
        assertThat(blocks("skip all", "llama")).extracting(Block::title).containsExactly("embed", "head");
    }

    @Test
    void marksTheLaunchesThatReadTheStream() {
        List<Band> bands = blocks("run 0", "llama").get(1).sections().getFirst().bands();
        assertThat(bands).extracting(Band::readsStream).containsExactly(true, false, true);
    }
}
