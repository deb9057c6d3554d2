package io.layerplan.compiler.cli;

import io.layerplan.runtime.compiled.PlanDescription;
import io.layerplan.runtime.cpu.machine.MemorySize;
import io.layerplan.runtime.program.ProgramCost;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `inspect` says about a compiled plan.
///
/// @param file        as it was named
/// @param plan        what the plan is called
/// @param version     of the file's format
/// @param target      what it was compiled for
/// @param numeric     the numeric mode
/// @param packed      whether the file carries the weights
/// @param layout      how they lie in it: `none`, `file` as in the model's file, or a name of the target's
/// @param model       the name of the model
/// @param modelPath   where the model was
/// @param settings    what decided over the program besides the plan's text
/// @param source      the plan's text
/// @param sourceName  the plan's file, or what stands for it
/// @param launches    of a pass
/// @param weightBytes read for a token
/// @param slots       of keys and values
record PlanFileSummary(
        String file,
        String plan,
        int version,
        String target,
        String numeric,
        boolean packed,
        String layout,
        String model,
        String modelPath,
        Map<String, String> settings,
        String sourceName,
        String source,
        int launches,
        long weightBytes,
        int slots) {
    static PlanFileSummary of(Path file) {
        PlanDescription plan = PlanDescription.read(file);
        ProgramCost cost = ProgramCost.of(plan.program());
        return new PlanFileSummary(
                file.toString(),
                plan.name(),
                plan.version(),
                plan.target(),
                plan.program().mode().name().toLowerCase(Locale.ROOT),
                plan.packed(),
                plan.layout(),
                plan.model(),
                plan.modelPath().toString(),
                plan.origin().settings(),
                plan.origin().sourceName(),
                plan.origin().source(),
                cost.launches(),
                cost.weightBytes(),
                plan.program().slots().size());
    }

    List<String> lines() {
        String given = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
        return Stream.concat(
                        Stream.of(
                                "compiled plan  `%s`, version %d, for %s".formatted(plan, version, target),
                                "numeric mode   " + numeric,
                                "model          `%s`, at `%s` when it was compiled".formatted(model, modelPath),
                                "weights        " + weights(),
                                "program        %d launches per pass, %s of weights a token, %d key/value slots"
                                        .formatted(launches, MemorySize.human(weightBytes), slots),
                                "settings       " + given,
                                "plan           %s:".formatted(sourceName)),
                        source.lines().map(line -> "    " + line))
                .toList();
    }

    private String weights() {
        return switch (layout) {
            case "none" -> "in the model's file";
            case "file" -> "in this file";
            default -> "in this file, in the layout `%s`".formatted(layout);
        };
    }
}
