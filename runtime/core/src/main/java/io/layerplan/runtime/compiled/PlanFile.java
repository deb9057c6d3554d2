package io.layerplan.runtime.compiled;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufSeal;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The open file of a compiled plan, checked: every byte is as it was written.
final class PlanFile implements AutoCloseable {
    /// Of the format, and of the program's text in it.
    static final int VERSION = 1;

    static final String ARCHITECTURE = "layerplan";
    /// No weights.
    static final String LAYOUT_NONE = "none";
    /// Weights as they lie in the model's file. All other names are those of a [WeightLayout] of the target.
    static final String LAYOUT_FILE = "file";

    private static final String COMPILE_AGAIN = "compile the plan again";

    private final GgufFile file;
    private final Program program;
    private final Fingerprint fingerprint;

    private PlanFile(GgufFile file, Progress progress) {
        this.file = file;
        checkArchitecture();
        checkSeal();
        checkVersion();
        require(Keys.TARGET, Set.copyOf(Backends.KNOWN));
        this.program = ProgramReader.read(
                "`%s`: program".formatted(file.path()), metadata().requiredString(Keys.PROGRAM));
        this.fingerprint = Fingerprint.read(metadata());
        if (isPacked()) {
            checkWeights(progress);
        }
    }

    /// Opens a file as [#open(Path, Progress)] does, and tells nobody.
    static PlanFile open(Path path) {
        return open(path, Progress.NONE);
    }

    /// @param progress is told of the weights that have been checked, if the file carries them
    /// @throws InputException if the file cannot be read, is no compiled plan, is one of another version, or has been
    ///                        altered in any byte; the message says where
    static PlanFile open(Path path, Progress progress) {
        GgufFile file = read(path);
        try {
            return new PlanFile(file, progress);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// A file that is there and does not parse is damaged.
    private static GgufFile read(Path path) {
        try {
            return GgufFile.open(path);
        } catch (InputException e) {
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw e;
            }
            String own = "`" + path + "`";
            String what = String.valueOf(e.getMessage()).replace(own + ": ", "").replace(own, "it");
            throw new InputException("%s is damaged or has been altered: %s".formatted(own, what), COMPILE_AGAIN, e);
        }
    }

    private void checkArchitecture() {
        String architecture = metadata().string(Keys.ARCHITECTURE).orElse("");
        if (!architecture.equals(ARCHITECTURE)) {
            throw new InputException(
                    "`%s` is no compiled plan: it holds a model of architecture `%s`".formatted(path(), architecture),
                    "`layerplan compile PLAN --model %s -o FILE.lpx` makes one".formatted(path()));
        }
    }

    private void checkSeal() {
        switch (GgufSeal.check(file)) {
            case NONE -> {}
            case NO_SEAL -> throw altered("it does not end with its seal: it is incomplete, or longer than it was");
            case PADDING -> throw altered("there are bytes other than zero between its weights");
            case HEAD ->
                throw altered(Fingerprint.listed("key", alteredKeys())
                        .orElse("its header, its table of weights or its seal differs"));
        }
    }

    private List<String> alteredKeys() {
        try {
            Checksums written = Checksums.read(metadata(), Keys.SECTIONS, Keys.SECTION_CHECKSUMS);
            return written.differences(
                    Checksums.ofKeys(metadata().without(Set.of(Keys.SECTIONS, Keys.SECTION_CHECKSUMS))));
        } catch (InputException e) {
            return List.of(Keys.SECTIONS);
        }
    }

    private void checkVersion() {
        long version = metadata().requiredInteger(Keys.VERSION);
        if (version != VERSION) {
            throw new InputException(
                    "`%s` is a compiled plan of version %d, and this runtime reads version %d"
                            .formatted(path(), version, VERSION),
                    COMPILE_AGAIN + ", or run it with the release that compiled it");
        }
    }

    private void require(String key, Set<String> known) {
        String value = metadata().requiredString(key);
        if (!known.contains(value)) {
            throw metadata().refuse(key, "is `%s`, which this runtime does not know".formatted(value), COMPILE_AGAIN);
        }
    }

    private void checkWeights(Progress progress) {
        List<String> altered = layout().equals(LAYOUT_FILE)
                ? fingerprint.weights().differences(Fingerprint.weights(file, program, progress))
                : Checksums.read(metadata(), Keys.STORED, Keys.STORED_CHECKSUMS)
                        .differences(PackedWeights.of(file, progress));
        Fingerprint.listed("weight", altered).ifPresent(what -> {
            throw altered(what);
        });
    }

    /// @throws InputException if the weights in this file lie as another backend, or another release, takes them
    void requireLayoutOf(Backend backend) {
        if (layout().equals(LAYOUT_NONE) || layout().equals(LAYOUT_FILE)) {
            return;
        }
        String target = metadata().requiredString(Keys.TARGET);
        if (!target.equals(backend.name())) {
            throw new InputException(
                    "`%s` carries its weights as the target `%s` takes them, and cannot run on the backend `%s`"
                            .formatted(path(), target, backend.name()),
                    "name the model with `--model FILE`, compile the plan without `--pack`, or run it on `--backend %s`"
                            .formatted(target));
        }
        if (backend.layout(program).filter(own -> own.name().equals(layout())).isEmpty()) {
            throw metadata()
                    .refuse(
                            Keys.LAYOUT,
                            "is `%s`, which this runtime does not know".formatted(layout()),
                            COMPILE_AGAIN + ", or name the model with `--model FILE`");
        }
    }

    private InputException altered(String what) {
        return new InputException("`%s` is damaged or has been altered: %s".formatted(path(), what), COMPILE_AGAIN);
    }

    Path path() {
        return file.path();
    }

    /// The file's metadata, the tokenizer's keys among them.
    Metadata metadata() {
        return file.metadata();
    }

    GgufFile file() {
        return file;
    }

    Program program() {
        return program;
    }

    /// Of the model that the plan was compiled for.
    Fingerprint fingerprint() {
        return fingerprint;
    }

    /// How the weights lie in this file.
    String layout() {
        return metadata().requiredString(Keys.LAYOUT);
    }

    /// Whether the weights are in the file.
    boolean isPacked() {
        return !layout().equals(LAYOUT_NONE);
    }

    /// Those in this file.
    WeightSource weights() {
        return new StoredWeights(file, layout());
    }

    /// Where the model was when the plan was compiled.
    Path recordedModel() {
        String recorded = metadata().requiredString(Keys.MODEL_PATH);
        try {
            return Path.of(recorded);
        } catch (InvalidPathException e) {
            throw metadata().refuse(Keys.MODEL_PATH, "is no path: " + e.getReason());
        }
    }

    PlanOrigin origin() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : metadata().requiredStrings(Keys.SETTINGS)) {
            int equals = Math.max(0, setting.indexOf('='));
            settings.put(setting.substring(0, equals), setting.substring(Math.min(setting.length(), equals + 1)));
        }
        return new PlanOrigin(
                metadata().requiredString(Keys.SOURCE_NAME), metadata().requiredString(Keys.SOURCE_TEXT), settings);
    }

    @Override
    public void close() {
        file.close();
    }
}
