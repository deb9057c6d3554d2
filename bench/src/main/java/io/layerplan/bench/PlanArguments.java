package io.layerplan.bench;

import io.layerplan.bench.measure.Variant;
import io.layerplan.compiler.cli.ModelOptions;
import io.layerplan.runtime.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is measured: plans, the one they are compared with, and the model.
final class PlanArguments {
    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "PLAN",
            description = "A plan: a file, one that `layerplan compile` wrote among them, or `-` for standard input.")
    List<String> files = new ArrayList<>();

    @Option(
            names = {"-e", "--expression"},
            paramLabel = "TEXT",
            description = "A plan itself instead of a file: `-e 'run all'`; may be given several times.")
    List<String> expressions = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "PLAN",
            description = "Measure this plan too, and compare the others with it: a file, or a text such as 'run all'.")
    @Nullable
    String against;

    @Option(names = "--only", paramLabel = "VARIANT", description = "Leave the other one out: fused or unfused.")
    @Nullable
    Variant only;

    @Mixin
    PlanChanges changes = new PlanChanges();

    @Mixin
    ModelOptions model = new ModelOptions();

    /// @throws InputException if there is nothing to measure
    void check() {
        if (files.isEmpty() && expressions.isEmpty()) {
            throw new InputException(
                    "no plan given", "name files, `-` for standard input, or write a plan: `-e 'run all'`");
        }
        if (files.stream().filter("-"::equals).count() + ("-".equals(against) ? 1 : 0) > 1) {
            throw new InputException("`-` given twice", "standard input can be read once");
        }
    }

    /// In order: files, texts, and the one to compare with.
    List<PlanWord> words() {
        List<PlanWord> words = new ArrayList<>();
        files.forEach(file -> words.add(new PlanWord.File(file, false)));
        expressions.forEach(text -> words.add(new PlanWord.Text(text, false)));
        Optional.ofNullable(against).map(PlanWord::toCompareWith).ifPresent(words::add);
        return words;
    }

    List<Variant> variants() {
        return only == null ? List.of(Variant.values()) : List.of(only);
    }
}
