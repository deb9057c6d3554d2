package io.layerplan.runtime.compiled;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.cpu.CpuBackend;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.text.ProgramPrinter;
import io.layerplan.runtime.program.text.ProgramVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes compiled plans.
public final class CompiledPlanWriter {
    /// A vector of 512 bits, and a line of the cache.
    private static final int ALIGNMENT = 64;

    private CompiledPlanWriter() {}

    /// Writes a program for the CPU, as [#write(Path, Program, PlanOrigin, GgufFile, Backend, boolean, Progress)] does.
    public static void write(Path path, Program program, PlanOrigin origin, GgufFile model, boolean pack) {
        write(path, program, origin, model, new CpuBackend(), pack, Progress.NONE);
    }

    /// Writes a program with what it takes to run it, replacing the file that is there; a write that fails leaves that
    /// as it was.
    ///
    /// @param target whose layout weights in the file have
    /// @param pack   whether the file carries the weights, or finds them in the model's file
    /// @throws InputException if the model lacks a weight of the program, the target has no kernels for its numeric
    ///                        mode, or the file cannot be written
    public static void write(
            Path path,
            Program program,
            PlanOrigin origin,
            GgufFile model,
            Backend target,
            boolean pack,
            Progress progress) {
        ProgramVerifier.verify(program);
        Backends.requireMode(target, program.mode());
        refuseToReplace(model.path(), path);
        requireWeights(program, model);
        Optional<WeightLayout> layout = pack ? target.layout(program) : Optional.empty();
        PackedWeights weights = new PackedWeights(program, model, layout, pack ? progress : Progress.NONE);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Keys.TARGET, target.name());
        values.put(
                Keys.LAYOUT, layout.map(WeightLayout::name).orElse(pack ? PlanFile.LAYOUT_FILE : PlanFile.LAYOUT_NONE));
        if (layout.isPresent()) {
            Checksums stored = weights.checksums();
            values.put(Keys.ALIGNMENT, ALIGNMENT);
            values.put(Keys.STORED, stored.names());
            values.put(Keys.STORED_CHECKSUMS, stored.values());
        }
        GgufWriter writer = new GgufWriter(metadata(program, origin, model, values)).sealed();
        if (pack) {
            weights.addTo(writer);
        }
        writer.write(path);
        weights.written();
    }

    private static void refuseToReplace(Path model, Path path) {
        try {
            if (Files.exists(path) && Files.isSameFile(model, path)) {
                throw new InputException(
                        "`%s` is the model, and would be replaced by the compiled plan".formatted(path),
                        "give the compiled plan another name");
            }
        } catch (IOException e) {
            throw new InputException("cannot read `%s`: %s".formatted(path, e.getMessage()), "", e);
        }
    }

    private static Metadata metadata(Program program, PlanOrigin origin, GgufFile model, Map<String, Object> packing) {
        Fingerprint fingerprint = Fingerprint.of(model, program);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Keys.ARCHITECTURE, PlanFile.ARCHITECTURE);
        values.put(Keys.NAME, program.name());
        values.put(Keys.VERSION, PlanFile.VERSION);
        values.putAll(packing);
        values.put(Keys.SOURCE_NAME, origin.sourceName());
        values.put(Keys.SOURCE_TEXT, origin.source());
        values.put(
                Keys.SETTINGS,
                origin.settings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        values.put(Keys.PROGRAM, ProgramPrinter.print(program));
        values.put(Keys.MODEL_NAME, fingerprint.name());
        values.put(Keys.MODEL_PATH, model.path().toAbsolutePath().normalize().toString());
        values.put(Keys.MODEL_KEYS, fingerprint.keys().names());
        values.put(Keys.MODEL_KEY_CHECKSUMS, fingerprint.keys().values());
        values.put(Keys.MODEL_WEIGHTS, fingerprint.weights().names());
        values.put(Keys.MODEL_WEIGHT_CHECKSUMS, fingerprint.weights().values());
        Metadata all = tokenizer(model.metadata()).with(values);
        Checksums sections = Checksums.ofKeys(all);
        return all.with(Map.of(Keys.SECTIONS, sections.names()))
                .with(Map.of(Keys.SECTION_CHECKSUMS, sections.values()));
    }

    private static void requireWeights(Program program, GgufFile model) {
        program.weights().stream()
                .map(WeightReference::name)
                .filter(name -> model.tensor(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new InputException("`%s` has no weight `%s`".formatted(model.path(), name));
                });
    }

    private static Metadata tokenizer(Metadata model) {
        Set<String> others = model.keys().stream()
                .filter(key -> !key.startsWith(Keys.TOKENIZER))
                .collect(Collectors.toSet());
        return model.without(others);
    }
}
