package io.layerplan.bench;

import io.layerplan.compiler.cli.PlanOptions;
import io.layerplan.runtime.compiled.CompiledPlan;
import java.nio.file.Files;
import java.nio.file.Path;

/// How the command line names a plan.
sealed interface PlanWord {
    /// Whether it is there for the others to be compared with.
    boolean baseline();

    /// What results call it.
    String label();

    /// As the other commands take it.
    PlanOptions options();

    /// @param file a path, or `-` for standard input
    record File(String file, boolean baseline) implements PlanWord {
        private static final String ENDING = ".plan";

        /// The file without its folder, and without `.plan`.
        @Override
        public String label() {
            if (file.equals("-")) {
                return "standard input";
            }
            String name = String.valueOf(Path.of(file).getFileName());
            return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        }

        @Override
        public PlanOptions options() {
            return PlanOptions.ofFile(file);
        }

        boolean isCompiled() {
            return !file.equals("-") && CompiledPlan.isCompiled(Path.of(file));
        }
    }

    /// @param text the plan itself
    record Text(String text, boolean baseline) implements PlanWord {
        @Override
        public String label() {
            return text.strip().replaceAll("\\s+", " ");
        }

        @Override
        public PlanOptions options() {
            return PlanOptions.ofText(text);
        }
    }

    /// A text where it has a blank, which every plan has, and there is no file of that name; else a file.
    static PlanWord toCompareWith(String word) {
        boolean text = word.strip().contains(" ") && !Files.exists(Path.of(word));
        return text ? new Text(word, true) : new File(word, true);
    }
}
