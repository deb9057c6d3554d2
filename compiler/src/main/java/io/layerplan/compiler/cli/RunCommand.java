package io.layerplan.compiler.cli;

import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.generate.GenerationOptions;
import io.layerplan.runtime.generate.GenerationResult;
import io.layerplan.runtime.generate.Generator;
import io.layerplan.runtime.generate.NonFiniteLogitsException;
import io.layerplan.runtime.generate.StopReason;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan run`.
@CommandLine.Command(
        name = "run",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Continues a text with a model whose layers run as a plan says.",
        description = {
            "%nPrints the continuation as it is generated. It ends with a token that means the end, after so many"
                    + " tokens as -n says, or where the context is full.",
            "%nPLAN may also be a file that `layerplan compile` wrote.%n"
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan run examples/plans/founding.plan --prompt \"And God said\"",
            "      The founding plan on the bundled model.",
            "  layerplan run -e 'run all' --prompt \"In the beginning\" --temperature 0.8 --top-p 0.95 --seed 7",
            "      Drawn instead of the best token each time.",
            "  echo \"Once upon a time\" | layerplan run draft.plan --model gemma-3-270m.gguf -n 50 --stats",
            "      Another model; what it took is printed on standard error.",
            "  layerplan run -e 'run all' --tokens 1,2,3 -n 5 --json --logprobs 3",
            "      For a tool: token ids, why it stopped, the text, and the three best tokens of every step."
        })
final class RunCommand implements Command {
    private final Environment environment;

    @Mixin
    PlanOptions plan = new PlanOptions();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    PromptOptions prompt = new PromptOptions();

    @Option(
            names = {"-n", "--max-tokens"},
            paramLabel = "N",
            description = "Generate at most N tokens. Default: 100.")
    int maxTokens = 100;

    @Mixin
    SamplingFlags sampling = new SamplingFlags();

    @Option(
            names = "--ctx",
            paramLabel = "N",
            description =
                    "The most positions of prompt and continuation. Default: what the model was made for, at most "
                            + "4096.")
    @Nullable
    Integer context;

    @Option(names = "--threads", paramLabel = "N", description = "Workers. Default: one for each physical core.")
    @Nullable
    Integer threads;

    @Mixin
    BackendFlags backend = new BackendFlags();

    @Mixin
    CompilationFlags compilation = new CompilationFlags();

    @Option(names = "--echo", description = "Print the prompt's text before the continuation.")
    boolean echo;

    @Option(names = "--stats", description = "Print speed, memory and layers on standard error at the end.")
    boolean stats;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Option(
            names = "--logprobs",
            paramLabel = "K",
            description = "With --json: log-probabilities of the K best tokens of every step.")
    int logProbabilities;

    @Mixin
    CommonOptions common = new CommonOptions();

    RunCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int run() {
        StartTimes start = StartTimes.ofCommand();
        checkFlags();
        Backend runsOn = backend.backend();
        BackendOptions options = backend.options(
                orUsual(threads), orUsual(context), prompt.likelyTokens(), new StartProgress(environment));
        if (plan.file != null && !plan.readsStandardInput() && CompiledPlan.isCompiled(Path.of(plan.file))) {
            checkFlagsOfCompiled();
            Optional<Path> file = Optional.ofNullable(model.model).map(Path::of);
            try (RunSession session = RunSession.open(Path.of(plan.file), file, runsOn, options, start)) {
                return generate(session);
            }
        }
        compilation.runOn(runsOn);
        Compilation compiled = compilation.compilation(environment);
        try (OpenModel open = OpenModel.open(model.path(environment))) {
            start.end("model");
            Optional<PlanInput> input = PlanInput.read(plan, open, environment, common.color, json);
            if (input.isEmpty()) {
                return ExitCodes.BAD_INPUT;
            }
            Program program = input.get().program(plan.name(), open, compiled);
            start.end("plan");
            try (RunSession session = RunSession.of(program, open, runsOn, options, start)) {
                return generate(session);
            }
        }
    }

    private static int orUsual(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private void checkFlags() {
        if (threads != null && threads < 1) {
            throw new InputException("%d threads are not possible".formatted(threads), "give a number 1 or more");
        }
        if (context != null && context < 1) {
            throw new InputException("a context of %d is not possible".formatted(context), "give a number 1 or more");
        }
        if (logProbabilities > 0 && !json) {
            throw new InputException("`--logprobs` is part of the JSON result", "add `--json`");
        }
    }

    /// What decides over a program has been decided.
    private void checkFlagsOfCompiled() {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        flags.put("-e", plan.expression != null);
        flags.put("--plan", plan.planName != null);
        flags.put("--set", !plan.overrides.isEmpty());
        flags.put("--strict", plan.strict);
        flags.put("--no-fuse", compilation.unfused);
        flags.put("--numeric", compilation.mode != null);
        flags.put("--disable-pass", !compilation.disabled.isEmpty());
        flags.forEach((flag, given) -> {
            if (given) {
                throw new InputException(
                        "`%s` says nothing to a plan that is compiled already".formatted(flag),
                        "give it to `layerplan compile`");
            }
        });
    }

    private int generate(RunSession session) {
        int[] tokens = prompt.read(environment, session.tokenizer(), plan.readsStandardInput());
        GenerationOptions options =
                new GenerationOptions(maxTokens, session.context(), sampling.options(), logProbabilities, true);
        if (echo && !json) {
            environment.out().print(session.tokenizer().decode(tokens));
        }
        var listener = new RunOutput(environment, !json);
        GenerationResult result;
        try {
            result = new Generator(session.executor(), session.tokenizer()).generate(tokens, options, listener);
        } catch (NonFiniteLogitsException e) {
            listener.endLine();
            throw new RunFailure(
                    String.valueOf(e.getMessage()),
                    "the weights may be damaged, or the plan drives the " + "activations out of range",
                    e);
        }
        if (listener.isAbandoned() && Thread.interrupted()) {
            return ExitCodes.SUCCESS;
        }
        if (json) {
            environment.out().print(Json.text(RunReport.of(session, result, RunStats.of(session, result))));
        } else {
            listener.endLine();
            if (result.stop() == StopReason.CONTEXT) {
                environment
                        .err()
                        .println("note: the context of %d positions is full; `--ctx` sets another"
                                .formatted(session.context()));
            }
        }
        if (stats && !json) {
            environment.err().print(RunStats.of(session, result).text());
        }
        return ExitCodes.SUCCESS;
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
