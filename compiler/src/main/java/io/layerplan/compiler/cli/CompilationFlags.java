package io.layerplan.compiler.cli;

import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.pipeline.StageListener;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.program.NumericMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How plans are compiled, for every command that compiles one.
final class CompilationFlags {
    @Option(names = "--no-fuse", description = "Operation by operation. The result is the same; for comparison.")
    boolean unfused;

    @Option(
            names = "--disable-pass",
            paramLabel = "NAME",
            split = ",",
            description = "Leave out a pass, or a rule for plans; may be given several times.")
    List<String> disabled = new ArrayList<>();

    @Option(
            names = "--numeric",
            paramLabel = "MODE",
            description =
                    "f32, or q8: activations as 8-bit integers in products with quantised weights. Default: q8 where "
                            + "that is faster, on cpu with weights of 4 to 6 bits.")
    @Nullable
    NumericMode mode;

    @Option(names = "--verify", description = "Check the graph after every pass, and the program.")
    boolean verify;

    @Option(
            names = "--print-after",
            paramLabel = "STAGE",
            description = "Print on standard error what a stage makes: simplify, build, a pass, lower, or all.")
    @Nullable
    String printAfter;

    /// Only the CPU has a mode that is usual for weights.
    ///
    /// @throws InputException if the backend has no kernels for the mode that was asked for
    void runOn(Backend backend) {
        if (mode == null && !backend.name().equals(Backends.USUAL)) {
            mode = NumericMode.F32;
        }
        if (mode != null) {
            Backends.requireMode(backend, mode);
        }
    }

    CompilationOptions options() {
        return new CompilationOptions(!unfused, Set.copyOf(disabled), mode, verify);
    }

    Compilation compilation(Environment environment) {
        return compilation(environment, !unfused);
    }

    Compilation compilation(Environment environment, boolean fuse) {
        CompilationOptions options = options().fusing(fuse);
        checkPrintAfter(options);
        return printAfter == null
                ? new Compilation(options)
                : new Compilation(
                        options,
                        StageListener.of(
                                printAfter,
                                (stage, text) -> environment.err().print("# after " + stage + "\n" + text.get())));
    }

    /// A stage that does not run has nothing to print.
    private void checkPrintAfter(CompilationOptions options) {
        if (printAfter == null) {
            return;
        }
        if (options.disabled().contains(printAfter)) {
            throw new InputException(
                    "`--print-after %s` has nothing to print, since `--disable-pass` leaves that pass out"
                            .formatted(printAfter),
                    "leave one of the two out");
        }
        if (unfused && Pipelines.fusing().stream().anyMatch(pass -> pass.name().equals(printAfter))) {
            throw new InputException(
                    "`--print-after %s` has nothing to print, since `--no-fuse` leaves all passes out"
                            .formatted(printAfter),
                    "`simplify`, `build` and `lower` run without fusion too");
        }
    }
}
