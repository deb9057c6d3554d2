package io.layerplan.bench;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.Benchmark;
import io.layerplan.bench.measure.Machine;
import io.layerplan.bench.measure.Target;
import io.layerplan.bench.report.CsvReport;
import io.layerplan.bench.report.HtmlReport;
import io.layerplan.bench.report.JsonReport;
import io.layerplan.bench.report.TextReport;
import io.layerplan.compiler.cli.Command;
import io.layerplan.compiler.cli.CommonOptions;
import io.layerplan.compiler.cli.Environment;
import io.layerplan.compiler.cli.ExitCodes;
import io.layerplan.compiler.cli.Json;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/// `layerplan bench`.
@CommandLine.Command(
        name = "bench",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Measures how fast plans run, fused and operation by operation.",
        description = {
            "",
            "Every plan is compiled both ways, with the same kernels and threads. After a warm-up that waits until the"
                    + " JVM has compiled what runs, rounds take turns between all of them, and medians are compared,"
                    + " so that a busy machine disturbs all alike. A read of memory in the same run says what bandwidth"
                    + " there is to reach. Nothing else should run meanwhile.%n"
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan bench examples/plans/founding.plan",
            "      Fused against unfused, on the bundled model.",
            "  layerplan bench -e 'run all' draft.plan --model gemma-3-270m.gguf --threads 2",
            "      Two plans on another model.",
            "  layerplan bench draft.plan --against 'run all' --report draft.html",
            "      How much faster than the model as it is; with a page of plots to open in a browser.",
            "  layerplan bench draft.plan --set n=6 --against draft.plan",
            "      A plan with another value of its parameter beside the plan as it is written.",
            "  layerplan bench -e 'run all' --backend tornado --device 0",
            "      On a device of TornadoVM; `layerplan devices` lists them.",
            "  layerplan bench draft.lpx --only fused --prompt-length 512 --context 128,1024,4096",
            "      A compiled plan as it will run, decoding after ever longer contexts.",
            "  layerplan bench examples/plans/*.plan --json > results.json",
            "      For a tool: of every plan `decode.fused`, `decode.unfused`, `decode.ratio`, and details."
        })
final class BenchCommand implements Command {
    private final Environment environment;

    @Mixin
    PlanArguments plans = new PlanArguments();

    @Mixin
    MeasuringOptions measuring = new MeasuringOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    CommonOptions common = new CommonOptions();

    BenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int run() {
        plans.check();
        measuring.check();
        output.check();
        Machine machine = Machine.ofThisProcess();
        try (Progress progress = new Progress(environment)) {
            PlanBinder binder = new PlanBinder(measuring, plans.variants(), progress::starting);
            Target target = binder.target();
            Optional<OpenPlans> opened = OpenPlans.open(plans, binder, environment, common.color, output.json);
            if (opened.isEmpty()) {
                return ExitCodes.BAD_INPUT;
            }
            try (OpenPlans open = opened.get()) {
                warnIfBusy(machine);
                BenchResult result = Benchmark.run(machine, target, open.plans(), binder.settings(), progress);
                progress.clear();
                print(result, open.modelName());
                return ExitCodes.SUCCESS;
            }
        }
    }

    /// The load was taken before anything was done here.
    private void warnIfBusy(Machine machine) {
        if (machine.isBusy()) {
            environment
                    .err()
                    .print(String.format(
                            Locale.ROOT,
                            "note: in the last minute %.1f processes wanted to run on %d processors; figures of a busy"
                                    + " machine say little\n",
                            machine.load(),
                            machine.processors()));
        }
    }

    private void print(BenchResult result, String model) {
        if (output.report != null) {
            ReportFile.write(output.report, HtmlReport.page(result, model));
        }
        if (output.json) {
            environment.out().print(Json.text(JsonReport.of(result, model)));
        } else if (output.csv) {
            environment.out().print(CsvReport.text(result));
        } else {
            environment.out().print(TextReport.text(result, model));
        }
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean json() {
        return output.json;
    }
}
