package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import java.util.List;
import java.util.Optional;

/// What can be wrong with `--plan` and `--set`, seen from the plan that they are for. Each factory is one message, and
/// has a golden file.
final class FlagMessages {
    private FlagMessages() {}

    static Diagnostic planNotChosen(SourceText file, List<String> plans) {
        return Diagnostic.error(SourceSpan.whole(file), "the file has " + plans.size() + " plans, and none is chosen")
                .withHelp("choose one with `--plan NAME`: " + list(plans));
    }

    static Diagnostic unknownPlan(String name, List<String> plans) {
        String near = NearestWord.to(name, plans)
                .map(n -> "did you mean `" + n + "`? ")
                .orElse("");
        return Diagnostic.error(planFlag(name), "no plan is named `" + name + "`")
                .withHelp(near + "the file has " + list(plans));
    }

    static Diagnostic noPlanBlocks(String name) {
        return Diagnostic.error(planFlag(name), "the file has no `plan` blocks to choose from")
                .withHelp("leave out `--plan`");
    }

    static Diagnostic unknownParameter(String name, String value, List<String> parameters) {
        Optional<String> help = NearestWord.help(name, parameters);
        String all = parameters.isEmpty() ? "it has no parameters" : "its parameters are " + list(parameters);
        return Diagnostic.error(setFlag(name, value), "the plan has no parameter `" + name + "`")
                .withHelp(help.orElse(all));
    }

    static Diagnostic notAParameter(String name, String value) {
        return Diagnostic.error(setFlag(name, value), "`" + name + "` is a layer list, not a parameter");
    }

    /// @param realDefault the default as a real number, where it is a literal
    static Diagnostic notAnInteger(String name, String value, Optional<String> realDefault) {
        String example = realDefault
                .map(number -> ": `param " + name + " = " + number + "`")
                .orElse("");
        return Diagnostic.error(setFlag(name, value), "`" + name + "` is an integer, and `" + value + "` is not")
                .withHelp("to make it real, write its default with a decimal point" + example);
    }

    static Diagnostic notANumber(String name, String value) {
        return Diagnostic.error(setFlag(name, value), "the value `" + value + "` is not a number")
                .withHelp("numbers are written `12` or `0.5`");
    }

    static Diagnostic outOfRange(String name, String value) {
        return Diagnostic.error(setFlag(name, value), "the value of `" + name + "` is out of range");
    }

    private static SourceSpan planFlag(String name) {
        return SourceSpan.whole(SourceText.flag("--plan " + name));
    }

    private static SourceSpan setFlag(String name, String value) {
        return SourceSpan.whole(SourceText.flag("--set " + name + "=" + value));
    }

    private static String list(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }
}
