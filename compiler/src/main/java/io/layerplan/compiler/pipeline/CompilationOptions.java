package io.layerplan.compiler.pipeline;

import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to compile.
///
/// @param fuse     whether the passes run and launches are shared; else every operation is a launch
/// @param disabled passes and rules that are left out, by name
/// @param mode     how activations are treated in matrix products; null for the mode that is usual for the weights
/// @param verify   whether every graph and the program are checked as soon as they are made
public record CompilationOptions(
        boolean fuse, Set<String> disabled, @Nullable NumericMode mode, boolean verify) {
    public static final CompilationOptions FUSED = new CompilationOptions(true, Set.of(), NumericMode.F32, false);
    public static final CompilationOptions UNFUSED = FUSED.fusing(false);

    /// @throws InputException if a disabled name is none
    public CompilationOptions {
        disabled = Set.copyOf(new LinkedHashSet<>(disabled));
        disabled.forEach(name -> requireKnown(name, Compilation.passes()));
    }

    public CompilationOptions fusing(boolean on) {
        return new CompilationOptions(on, disabled, mode, verify);
    }

    public CompilationOptions without(Collection<String> passes) {
        return new CompilationOptions(fuse, Set.copyOf(passes), mode, verify);
    }

    public CompilationOptions in(@Nullable NumericMode numericMode) {
        return new CompilationOptions(fuse, disabled, numericMode, verify);
    }

    public CompilationOptions verifying(boolean on) {
        return new CompilationOptions(fuse, disabled, mode, on);
    }

    boolean enables(String name) {
        return !disabled.contains(name);
    }

    /// @throws InputException with the nearest of the known names
    static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            String help = NearestWord.help(name, known).orElse("there are " + String.join(", ", known));
            throw new InputException("there is no pass `%s`".formatted(name), help);
        }
    }
}
