package io.layerplan.bench;

import io.layerplan.compiler.cli.PlanOptions;
import io.layerplan.runtime.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the command line changes in the plans that are measured, and not in the one that they are compared with: so a
/// plan can be compared with itself as it is written.
final class PlanChanges {
    @Option(
            names = "--plan",
            paramLabel = "NAME",
            description = "Which plan of a file that has several in `plan` blocks.")
    @Nullable
    String plan;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Another value for a `param` of the plans, but for that of --against; may be given several"
                    + " times.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--disable-pass",
            paramLabel = "NAME",
            split = ",",
            description = "Leave out a pass, or a rule for plans, but for the plan of --against; may be given several"
                    + " times.")
    List<String> disabled = new ArrayList<>();

    /// Options of a plan that is measured.
    PlanOptions in(PlanOptions options) {
        return options.with(Optional.ofNullable(plan), overrides);
    }

    /// What is left out when a plan is compiled.
    Set<String> disabled(PlanWord word) {
        return word.baseline() ? Set.of() : Set.copyOf(disabled);
    }

    /// What to call a plan that is changed: `draft (n=6, without share-norms)`.
    String label(PlanWord word) {
        if (word.baseline()) {
            return word.label();
        }
        List<String> changes = new ArrayList<>();
        Optional.ofNullable(plan).ifPresent(changes::add);
        overrides.forEach((name, value) -> changes.add(name + "=" + value));
        disabled.forEach(name -> changes.add("without " + name));
        return changes.isEmpty()
                ? word.label()
                : changes.stream().collect(Collectors.joining(", ", word.label() + " (", ")"));
    }

    /// @throws InputException if something is to be changed, which in a compiled plan nothing can
    void requireNone() {
        String flag =
                plan != null ? "--plan" : !overrides.isEmpty() ? "--set" : disabled.isEmpty() ? "" : "--disable-pass";
        if (!flag.isEmpty()) {
            throw new InputException(
                    "`%s` says nothing to a plan that is compiled already".formatted(flag),
                    "give it to `layerplan compile`");
        }
    }
}
