package io.layerplan.runtime.compiled;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes compiled plans.
public final class CompiledPlanWriter {
    private CompiledPlanWriter() {}

    /// Writes a program for the CPU with what it takes to run it, replacing the file that is there; a write that fails
    /// leaves that as it was.
    ///
    /// @param pack whether the file carries the weights, or finds them in the model's file
    /// @throws InputException if the model lacks a weight of the program, or the file cannot be written
    public static void write(Path path, Program program, PlanOrigin origin, GgufFile model, boolean pack) {
        ProgramVerifier.verify(program);
        refuseToReplace(model.path(), path);
        Metadata metadata = metadata(program, origin, model, pack ? PlanFile.LAYOUT_FILE : PlanFile.LAYOUT_NONE);
        GgufWriter writer = new GgufWriter(metadata).sealed();
        if (pack) {
            weights(program, model)
                    .forEach(tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data));
        }
        writer.write(path);
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

    /// The program's weights, each once, as they lie in the model's file.
    private static List<GgufTensor> weights(Program program, GgufFile model) {
        return program.weights().stream()
                .map(WeightReference::name)
                .distinct()
                .map(name -> model.tensor(name)
                        .orElseThrow(() -> new InputException("`%s` has no weight `%s`".formatted(model.path(), name))))
                .toList();
    }

    private static Metadata metadata(Program program, PlanOrigin origin, GgufFile model, String layout) {
        weights(program, model);
        Fingerprint fingerprint = Fingerprint.of(model, program);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Keys.ARCHITECTURE, PlanFile.ARCHITECTURE);
        values.put(Keys.NAME, program.name());
        values.put(Keys.VERSION, PlanFile.VERSION);
        values.put(Keys.TARGET, PlanFile.TARGET_CPU);
        values.put(Keys.LAYOUT, layout);
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

    private static Metadata tokenizer(Metadata model) {
        Set<String> others = model.keys().stream()
                .filter(key -> !key.startsWith(Keys.TOKENIZER))
                .collect(Collectors.toSet());
        return model.without(others);
    }
}
