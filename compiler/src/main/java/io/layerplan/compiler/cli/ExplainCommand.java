package io.layerplan.compiler.cli;

import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.InputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan explain`.
@CommandLine.Command(
        name = "explain",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Shows what a plan does, layer by layer, and what it costs.",
        description = {
            "%nEvery occurrence of a layer is a line: what it stands in, its key/value slot, and for each token the"
                + " bytes of weights read, the floating-point operations of its matrix products, and the bytes of keys"
                + " and values it adds. Below are the totals, embedding and output head included, beside those of the"
                + " unmodified model (`run all`), fused and operation by operation. Both run level by level, so that"
                + " branches of a par are alive at the same time: peak buffers are what that order needs. Branch after"
                + " branch would need less for a wide par, and could not be merged.%n"
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan explain draft.plan",
            "      On the bundled model.",
            "  layerplan explain -e 'run all' --model gemma-3-270m.gguf",
            "      What the model costs as it is.",
            "  layerplan explain draft.plan --draw draft.svg",
            "      A picture: every launch, and what runs side by side.",
            "  layerplan explain draft.plan --dot | dot -Tsvg > graph.svg",
            "      The graph, operation by operation, laid out by Graphviz.",
            "  layerplan explain draft.plan --emit graph > draft.ir",
            "      What the passes make of it; `run`, `compile` and `explain` take draft.ir as well.",
            "  layerplan explain draft.plan --json",
            "      For a tool."
        })
final class ExplainCommand implements Command {
    private final Environment environment;

    @Mixin
    PlanOptions plan = new PlanOptions();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    DrawingOptions drawing = new DrawingOptions();

    @Option(
            names = "--emit",
            paramLabel = "WHAT",
            description = "Print what the plan is compiled to, instead of the tables: ast, schedule, graph or program.")
    @Nullable
    Emit emit;

    @Mixin
    CompilationFlags compilation = new CompilationFlags();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    ExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int run() {
        checkFlags();
        Compilation compiled = compilation.compilation(environment);
        try (OpenModel open = OpenModel.open(model.path(environment))) {
            if (PlanInput.isGraph(plan)) {
                return PlanInput.readGraph(plan, new ErrorPrinter(environment, common.color, json))
                        .map(graph -> emit(graph, open, compiled))
                        .orElse(ExitCodes.BAD_INPUT);
            }
            ResolvedPlan resolved = ResolvedPlan.of(plan, open.shape(), environment.in());
            Optional<Schedule> schedule = resolved.schedule();
            if (!json || schedule.isEmpty()) {
                new ErrorPrinter(environment, common.color, json).print(resolved);
            }
            if (schedule.isEmpty()) {
                return ExitCodes.BAD_INPUT;
            }
            if (emit != null) {
                return emit(new PlanInput.Plan(resolved, schedule.get()), open, compiled);
            }
            ComparedPrograms programs = ComparedPrograms.of(
                    plan.name(), schedule.get(), open.model(), compilation.compilation(environment, true), plain());
            drawing.write(programs, resolved, plan.name(), open.fileName(), !compilation.unfused);
            environment
                    .out()
                    .print(
                            drawing.dot
                                    ? programs.dot(!compilation.unfused)
                                    : tables(resolved, schedule.get(), programs, open));
            return ExitCodes.SUCCESS;
        }
    }

    private void checkFlags() {
        drawing.check(json, compilation.unfused && emit == null);
        if (emit != null && (json || drawing.isAskedFor())) {
            throw new InputException(
                    "`--emit` goes with neither `--json` nor a drawing", "it prints text on standard output");
        }
    }

    /// The other half of the comparison.
    private Compilation plain() {
        return new Compilation(compilation.options().fusing(false));
    }

    private int emit(PlanInput input, OpenModel open, Compilation compiled) {
        Emit what = emit == null ? Emit.SCHEDULE : emit;
        environment.out().print(input.emit(what, plan.name(), open, compiled));
        return ExitCodes.SUCCESS;
    }

    private String tables(ResolvedPlan resolved, Schedule schedule, ComparedPrograms programs, OpenModel open) {
        Explanation explanation = new Explanation(
                resolved.sourceName(),
                open.fileName(),
                open.spec().layers().size(),
                Occurrence.of(schedule, open.model()),
                PlanCost.of(schedule, programs.fused()),
                PlanCost.ofRunAll(open.model()),
                programs.summary(),
                ErrorPrinter.reports(resolved.diagnostics()));
        return json ? Json.text(explanation) : explanation.text();
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
