package io.layerplan.compiler.cli;

import io.layerplan.compiler.model.ModelSummary;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.compiled.PlanDescription;
import io.layerplan.runtime.gguf.GgufFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `layerplan inspect`.
@CommandLine.Command(
        name = "inspect",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Shows what a model file or a compiled plan holds.",
        description = "%nModels are GGUF files of the architectures llama (also Mistral, SmolLM), qwen2, qwen3 and "
                + "gemma3. Layers with the same traits are shown together. Of a plan that `layerplan compile` "
                + "wrote: its text, numeric mode, settings and model.%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan inspect",
            "      The bundled model.",
            "  layerplan inspect gemma-3-270m.gguf --tensors",
            "      With every tensor: type, shape, size.",
            "  layerplan inspect draft.lpx",
            "      A compiled plan."
        })
final class InspectCommand implements Command {
    private final Environment environment;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "The model, a GGUF file, the same as --model; or a compiled plan.")
    @Nullable
    String file;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(names = "--tensors", description = "List the tensors.")
    boolean tensors;

    @Option(names = "--json", description = "Print everything as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    InspectCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int run() {
        if (file != null && model.model != null) {
            throw new InputException("two models given: `%s` and `%s`".formatted(file, model.model), "leave one out");
        }
        Path path = file == null ? model.path(environment) : Path.of(file);
        if (path.toString().endsWith(".lpx")) {
            return inspectPlan(path);
        }
        try (GgufFile open = GgufFile.open(path)) {
            if (PlanDescription.describes(open)) {
                return inspectPlan(path);
            }
            ModelSummary summary = ModelSummary.of(open);
            if (json) {
                environment.out().print(Json.text(summary));
                return ExitCodes.SUCCESS;
            }
            summary.lines().forEach(this::line);
            if (tensors) {
                line("");
                summary.tensorLines().forEach(this::line);
            }
            return ExitCodes.SUCCESS;
        }
    }

    private int inspectPlan(Path path) {
        PlanFileSummary summary = PlanFileSummary.of(path);
        if (json) {
            environment.out().print(Json.text(summary));
        } else {
            summary.lines().forEach(this::line);
        }
        return ExitCodes.SUCCESS;
    }

    private void line(String text) {
        environment.out().print(text + "\n");
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean json() {
        return json;
    }
}
