package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.DiagnosticReport;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.runtime.InputException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan check`.
@CommandLine.Command(
        name = "check",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Checks a plan, and says everything that is wrong with it.",
        description = {
            "",
            "A plan is checked against a model, since layers are counted: by default the bundled one, or one that is "
                    + "named with --model, or any model of so many layers with --layers. Layers that the plan does not "
                    + "mention do not run, and are named in a warning.%n"
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan check draft.plan",
            "      Against the bundled model.",
            "  layerplan check draft.plan --model gemma-3-270m.gguf --strict",
            "      Every layer of the model has to be mentioned.",
            "  layerplan check -e 'run 0..51; run 45..79' --layers 80",
            "      Without a model.",
            "  layerplan check sweep.plan --set n=6 --json",
            "      With another value for `param n`, for a tool.",
            "",
            "Exit codes: 0 the plan is right, 2 it is not (with --strict: or there are warnings)."
        })
final class CheckCommand implements Command {
    private final Environment environment;

    @Mixin
    PlanOptions plan = new PlanOptions();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(names = "--layers", paramLabel = "N", description = "Check for a model of N layers, without a model file.")
    @Nullable
    Integer layers;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    CheckCommand(Environment environment) {
        this.environment = environment;
    }

    /// @param plan        what the plan is called
    /// @param layers      of the model
    /// @param schedule    absent if the plan is wrong
    record Report(
            String plan,
            boolean ok,
            int layers,
            @Nullable ScheduleSummary schedule,
            List<DiagnosticReport> diagnostics) {}

    @Override
    public int run() {
        ModelShape shape = shape();
        ResolvedPlan resolved = ResolvedPlan.of(plan, shape, environment.in());
        Optional<ScheduleSummary> summary = resolved.schedule().map(ScheduleSummary::of);
        if (json) {
            environment
                    .out()
                    .print(Json.text(new Report(
                            resolved.sourceName(),
                            summary.isPresent(),
                            shape.layers(),
                            summary.orElse(null),
                            ErrorPrinter.reports(resolved.diagnostics()))));
        } else {
            new ErrorPrinter(environment, common.color, false).print(resolved);
            summary.ifPresent(numbers -> environment
                    .out()
                    .println(
                            "%s: right for %s; %s".formatted(resolved.sourceName(), modelName(shape), numbers.text())));
        }
        return summary.isPresent() ? ExitCodes.SUCCESS : ExitCodes.BAD_INPUT;
    }

    private ModelShape shape() {
        if (layers == null) {
            try (OpenModel open = OpenModel.open(model.path(environment))) {
                return open.shape();
            }
        }
        if (model.model != null) {
            throw new InputException("both `--layers` and `--model` given", "the model says how many layers it has");
        }
        if (layers < 1 || layers > ModelShape.MOST_LAYERS) {
            throw new InputException("`--layers %d` is not from 1 to %d".formatted(layers, ModelShape.MOST_LAYERS));
        }
        return ModelShape.ofLayers(layers);
    }

    private static String modelName(ModelShape shape) {
        return shape.name().isEmpty() ? shape.layers() + " layers" : "`" + shape.name() + "`";
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
