package io.layerplan.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramPrinter;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanCompilerTest {
    private static final Model MODEL = RandomModels.model(ModelShape.of("llama", List.of(ElementType.Q8_0), 3), 1);

    @Test
    void compilesAText() {
        SourceText plan = new SourceText("draft", "par 0, 1 avg; run last");
        Program program = PlanCompiler.compile(plan, MODEL, CompilationOptions.FUSED.in(NumericMode.Q8));
        assertThat(program.name()).isEqualTo("draft");
        assertThat(program.mode()).isEqualTo(NumericMode.Q8);
        Program resolved = PlanCompiler.fused("draft", PlanCompiler.resolve(plan, MODEL.spec()), MODEL, NumericMode.Q8);
        assertThat(ProgramPrinter.print(program)).isEqualTo(ProgramPrinter.print(resolved));
    }

    @Test
    void aMistakeIsThrownAsItIsReadAndAsData() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> PlanCompiler.resolve(new SourceText("draft", "run 0..1; run 7"), MODEL.spec()))
                .withMessageContaining("error: the model has no layer 7\n  --> draft:1:15")
                .satisfies(e -> assertThat(e.diagnostics()).hasSize(1));
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> PlanCompiler.resolve(new SourceText("draft", "runn 1"), MODEL.spec()))
                .withMessageContaining("did you mean `run`?");
    }
}
