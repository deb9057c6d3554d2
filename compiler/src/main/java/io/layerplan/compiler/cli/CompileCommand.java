package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanWriter;
import io.layerplan.runtime.compiled.PlanDescription;
import io.layerplan.runtime.compiled.PlanOrigin;
import io.layerplan.runtime.cpu.machine.MemorySize;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan compile`.
@CommandLine.Command(
        name = "compile",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Compiles a plan ahead of time, into one file.",
        description = {
            "",
            "The file holds the program, the tokenizer and the model's fingerprint; `layerplan run FILE` and Java's"
                + " CompiledPlan.open run it without compiling. It finds its weights in the model's file, or carries"
                + " them with --pack. Another model, or a file of which a byte has been altered, is refused.%n"
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan compile draft.plan -o draft.lpx",
            "      For the bundled model.",
            "  layerplan compile draft.plan --model gemma-3-270m.gguf --pack -o draft.lpx",
            "      With its weights, as the processor takes them: the file is all that it takes, and starts sooner.",
            "  layerplan inspect draft.lpx",
            "      What it was compiled from.",
            "  layerplan run draft.lpx --prompt \"And God said\"",
            "      Runs it."
        })
final class CompileCommand implements Command {
    private final Environment environment;

    @Mixin
    PlanOptions plan = new PlanOptions();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, by custom `NAME.lpx`; a compiled plan that is there is replaced.")
    @Nullable
    Path output;

    @Option(
            names = "--pack",
            description = "Put the weights that the plan uses into the file, in the layout that the target wants.")
    boolean pack;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "What it is compiled for: cpu (the default) or tornado.")
    String target = Backends.USUAL;

    @Mixin
    CompilationFlags compilation = new CompilationFlags();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    CompileCommand(Environment environment) {
        this.environment = environment;
    }

    /// @param output   the file
    /// @param bytes    its size
    /// @param packed   whether it carries the weights
    /// @param launches of one pass through the program
    record Report(String output, long bytes, boolean packed, int launches) {
        String text() {
            return "%s: %s, %s, %d launches per pass"
                    .formatted(
                            output,
                            MemorySize.human(bytes),
                            packed ? "weights included" : "weights in the model's file",
                            launches);
        }
    }

    @Override
    public int run() {
        Backend backend = backend();
        Path file = output();
        compilation.runOn(backend);
        Compilation compiled = compilation.compilation(environment);
        try (OpenModel open = OpenModel.open(model.path(environment))) {
            Optional<PlanInput> input = PlanInput.read(plan, open, environment, common.color, json);
            if (input.isEmpty()) {
                return ExitCodes.BAD_INPUT;
            }
            Program program = input.get().program(plan.name(), open, compiled);
            SourceText source = input.get().source();
            PlanOrigin origin = new PlanOrigin(source.name(), source.text(), settings(program.mode()));
            Progress progress = new StartProgress(environment);
            CompiledPlanWriter.write(file, program, origin, open.file(), backend, pack, progress);
            Report report = new Report(
                    file.toString(), size(file), pack, program.launches().size());
            environment.out().print(json ? Json.text(report) : report.text() + "\n");
            return ExitCodes.SUCCESS;
        }
    }

    /// The backend that is the target; it need not find a device here.
    private Backend backend() {
        if (!Backends.KNOWN.contains(target)) {
            throw new InputException(
                    "there is no target `%s`".formatted(target),
                    "leave `--target` out, or say `--target cpu` or `--target tornado`");
        }
        return Backends.named(target);
    }

    private Path output() {
        if (output == null) {
            throw new InputException("no output given", "name a file to write: `-o %s.lpx`".formatted(plan.name()));
        }
        if (Files.isDirectory(output)) {
            throw new InputException(
                    "`%s` is a folder".formatted(output), "name a file to write: `-o %s.lpx`".formatted(plan.name()));
        }
        if (Files.exists(output) && !isCompiledPlan(output)) {
            throw new InputException(
                    "`%s` is there already, and is no compiled plan".formatted(output),
                    "give the compiled plan another name, or delete that file");
        }
        return output;
    }

    /// Only what can be compiled again is replaced: a name mistyped costs nobody a plan or a model.
    private static boolean isCompiledPlan(Path file) {
        if (file.toString().endsWith(".lpx")) {
            return true;
        }
        if (!CompiledPlan.isCompiled(file)) {
            return false;
        }
        try (GgufFile open = GgufFile.open(file)) {
            return PlanDescription.describes(open);
        } catch (InputException e) {
            return false;
        }
    }

    private Map<String, String> settings(NumericMode mode) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (plan.planName != null) {
            settings.put("plan", plan.planName);
        }
        plan.overrides.forEach((name, value) -> settings.put("set." + name, value));
        settings.put("fuse", Boolean.toString(!compilation.unfused));
        settings.put("numeric", mode.name().toLowerCase(Locale.ROOT));
        compilation.disabled.forEach(pass -> settings.put("disable." + pass, "true"));
        return settings;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
