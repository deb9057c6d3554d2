package io.layerplan.compiler.cli;

import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.syntax.ParseResult;
import io.layerplan.compiler.syntax.PlanReader;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.compiled.CompiledPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which plan, and what the command line adds to it.
public final class PlanOptions {
    /// What diagnostics call a plan from standard input.
    static final String STANDARD_INPUT = "<stdin>";

    /// What diagnostics call a plan from `-e`.
    static final String EXPRESSION = "<-e>";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "The plan: a file, or `-` for standard input.")
    @Nullable
    String file;

    @Option(
            names = {"-e", "--expression"},
            paramLabel = "TEXT",
            description = "The plan itself instead of a file: `-e 'run all'`.")
    @Nullable
    String expression;

    @Option(
            names = "--plan",
            paramLabel = "NAME",
            description = "Which plan of a file that has several in `plan` blocks.")
    @Nullable
    String planName;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Another value for a `param` of the plan; may be given several times.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--strict", description = "Treat warnings as errors: exit with 2.")
    boolean strict;

    /// A plan's file, or `-` for standard input, as if it stood on the command line.
    public static PlanOptions ofFile(String file) {
        PlanOptions options = new PlanOptions();
        options.file = file;
        return options;
    }

    /// A plan's text, as if it stood on the command line.
    public static PlanOptions ofText(String text) {
        PlanOptions options = new PlanOptions();
        options.expression = text;
        return options;
    }

    /// These options with `--plan` and `--set` as they are given here.
    public PlanOptions with(Optional<String> plan, Map<String, String> values) {
        PlanOptions options = new PlanOptions();
        options.file = file;
        options.expression = expression;
        options.strict = strict;
        options.planName = plan.orElse(null);
        options.overrides.putAll(values);
        return options;
    }

    /// Whether the plan is read from standard input, which then cannot be the prompt's.
    boolean readsStandardInput() {
        return "-".equals(file);
    }

    ResolveOptions resolveOptions() {
        return new ResolveOptions(Optional.ofNullable(planName), overrides);
    }

    /// What to call the plan: its `--plan` name, else its file's without folder and ending, else `plan`.
    public String name() {
        if (planName != null) {
            return planName;
        }
        if (file == null || readsStandardInput()) {
            return "plan";
        }
        String name = String.valueOf(Path.of(file).getFileName());
        return name.endsWith(".plan") ? name.substring(0, name.length() - ".plan".length()) : name;
    }

    /// Reads the plan's text into a tree.
    ParseResult read(InputStream standardInput) {
        if (file != null && expression != null) {
            throw new InputException("two plans given: `%s` and `-e`".formatted(file), "leave one of them out");
        }
        if (expression != null) {
            return PlanReader.read(EXPRESSION, expression.getBytes(StandardCharsets.UTF_8));
        }
        if (file == null) {
            throw new InputException(
                    "no plan given", "name a file, `-` for standard input, or write it: `-e 'run all'`");
        }
        return readsStandardInput()
                ? PlanReader.read(STANDARD_INPUT, readAtMost(standardInput, STANDARD_INPUT))
                : PlanReader.read(file, readFile(file));
    }

    static byte[] readFile(String file) {
        refuseCompiled(file);
        return readFile(file, PlanReader.LONGEST_TEXT);
    }

    private static void refuseCompiled(String file) {
        try {
            if (CompiledPlan.isCompiled(Path.of(file))) {
                throw new InputException(
                        "`%s` is a compiled plan, not the text of one".formatted(file),
                        "`layerplan inspect %s` shows what it was compiled from, `layerplan run` runs it"
                                .formatted(file));
            }
        } catch (InvalidPathException e) {
            throw noPath(file, e);
        }
    }

    private static InputException noPath(String file, InvalidPathException e) {
        return new InputException("`%s` is no path: %s".formatted(file, e.getReason()), "", e);
    }

    /// @param longest bytes that the file may have; one more is read, which is enough to be told
    static byte[] readFile(String file, int longest) {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InputException("`%s` is a folder, not a plan".formatted(file));
            }
            try (InputStream in = Files.newInputStream(path)) {
                return readAtMost(in, file, longest);
            }
        } catch (InvalidPathException e) {
            throw noPath(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// One byte more than a plan may have is enough to be told that it has too many.
    static byte[] readAtMost(InputStream in, String name) {
        return readAtMost(in, name, PlanReader.LONGEST_TEXT);
    }

    private static byte[] readAtMost(InputStream in, String name, int longest) {
        try {
            return in.readNBytes(longest + 1);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputException unreadable(String name, IOException e) {
        return new InputException("cannot read `%s`: %s".formatted(name, IoReasons.reason(e)), "", e);
    }
}
