package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.syntax.ParseResult;
import io.layerplan.compiler.syntax.PlanFormatter;
import io.layerplan.compiler.syntax.PlanReader;
import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `layerplan fmt`.
@CommandLine.Command(
        name = "fmt",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Lays plans out in the one canonical way.",
        description =
                "%nPrints the result on standard output. Comments stay, and what the plan means does not change.%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan fmt draft.plan",
            "      Shows it.",
            "  layerplan fmt -w examples/plans/*.plan",
            "      Rewrites the files.",
            "  layerplan fmt --check *.plan",
            "      Names the files that would change; exit code 2 if there are any.",
            "  echo 'run 0..3;par 4 .. 7 avg' | layerplan fmt -",
            "      From standard input."
        })
final class FormatCommand implements Command {
    private final Environment environment;

    @Parameters(arity = "0..*", paramLabel = "PLAN", description = "Plan files, or `-` for standard input.")
    List<String> files = new ArrayList<>();

    @Option(
            names = {"-e", "--expression"},
            paramLabel = "TEXT",
            description = "A plan itself instead of files.")
    @Nullable
    String expression;

    @Option(
            names = {"-w", "--write"},
            description = "Rewrite the files instead of printing.")
    boolean write;

    @Option(names = "--check", description = "Only name the files that would change; exit with 2 if there are any.")
    boolean check;

    @Mixin
    CommonOptions common = new CommonOptions();

    FormatCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int run() {
        if (files.isEmpty() == (expression == null)) {
            throw new InputException(
                    files.isEmpty() ? "no plan given" : "files and `-e` given",
                    "name files, `-` for standard input, or write the plan: `-e 'run all'`");
        }
        if (write && (check || expression != null || files.contains("-"))) {
            throw new InputException(
                    "`--write` needs files, and no `--check`", "without `--write` the result is printed");
        }
        if (expression != null) {
            return format(PlanOptions.EXPRESSION, expression.getBytes(StandardCharsets.UTF_8));
        }
        int worst = ExitCodes.SUCCESS;
        for (String file : files) {
            worst = Math.max(
                    worst,
                    file.equals("-")
                            ? format(
                                    PlanOptions.STANDARD_INPUT,
                                    PlanOptions.readAtMost(environment.in(), PlanOptions.STANDARD_INPUT))
                            : format(file, PlanOptions.readFile(file)));
        }
        return worst;
    }

    private int format(String name, byte[] bytes) {
        ParseResult parsed = PlanReader.read(name, bytes);
        if (parsed.file().isEmpty()) {
            boolean color = common.color.applies(environment, environment.errorIsTerminal());
            environment.err().print(new DiagnosticRenderer(color).render(parsed.diagnostics()));
            return ExitCodes.BAD_INPUT;
        }
        String formatted = PlanFormatter.format(parsed.file().get());
        boolean changes = !Arrays.equals(formatted.getBytes(StandardCharsets.UTF_8), bytes);
        if (check) {
            environment.out().print(changes ? name + "\n" : "");
            return changes ? ExitCodes.BAD_INPUT : ExitCodes.SUCCESS;
        }
        if (!write) {
            environment.out().print(formatted);
        } else if (changes) {
            replace(Path.of(name), formatted);
        }
        return ExitCodes.SUCCESS;
    }

    /// Writes a file beside the old one, which then takes its name: an interruption leaves one or the other.
    private static void replace(Path file, String text) {
        try {
            Path target = file.toRealPath();
            Path next = Files.createTempFile(target.toAbsolutePath().getParent(), ".layerplan", ".plan");
            try {
                Files.copy(target, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.writeString(next, text);
                Files.move(next, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new InputException("cannot write `%s`: %s".formatted(file, IoReasons.reason(e)), "", e);
        }
    }

    @Override
    public CommonOptions common() {
        return common;
    }
}
