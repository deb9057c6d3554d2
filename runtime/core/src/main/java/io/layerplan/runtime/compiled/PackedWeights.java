package io.layerplan.runtime.compiled;

import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.gguf.Crc32c;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The weights that a compiled plan carries, each once: as they lie in the model's file under their names, and in the
/// target's layout under [#storedName]. A weight may be there in both forms.
final class PackedWeights {
    private final Map<String, WeightReference> references = new LinkedHashMap<>();
    private final GgufFile model;
    private final Optional<WeightLayout> layout;
    private final Progress progress;
    private int done;

    /// @param model  has all of the program's weights
    /// @param layout empty for weights as they lie in the model's file
    PackedWeights(Program program, GgufFile model, Optional<WeightLayout> layout, Progress progress) {
        program.weights().forEach(weight -> references.putIfAbsent(weight.name(), weight));
        this.model = model;
        this.layout = layout;
        this.progress = progress;
    }

    /// What a weight in a layout goes by in the file.
    static String storedName(String weight, String layout) {
        return weight + "@" + layout;
    }

    /// Of all that [#addTo] adds. The weights are laid out for it, and again when they are written: that takes
    /// processors' time, and no memory.
    Checksums checksums() {
        Map<String, Integer> byName = new LinkedHashMap<>();
        forEach(tensor -> byName.put(tensor.name(), Crc32c.of(tensor.data())), (tensor, to, bytes) -> {
            step();
            byName.put(storedName(tensor.name(), to.name()), Crc32c.of(to.parts(tensor.matrix())));
        });
        return new Checksums(byName);
    }

    void addTo(GgufWriter writer) {
        forEach(
                tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data),
                (tensor, to, bytes) -> writer.bytesInParts(storedName(tensor.name(), to.name()), List.of(bytes), () -> {
                    step();
                    return to.parts(tensor.matrix());
                }));
    }

    private interface InFile {
        void add(GgufTensor tensor);
    }

    private interface InLayout {
        void add(GgufTensor tensor, WeightLayout layout, long bytes);
    }

    private void forEach(InFile asItLies, InLayout laidOut) {
        for (WeightReference weight : references.values()) {
            GgufTensor tensor = model.tensor(weight.name()).orElseThrow();
            OptionalLong bytes = layout.map(any -> any.bytes(weight)).orElse(OptionalLong.empty());
            if (bytes.isEmpty() || layout.orElseThrow().needsFile(weight)) {
                asItLies.add(tensor);
            }
            if (bytes.isPresent()) {
                laidOut.add(tensor, layout.orElseThrow(), bytes.getAsLong());
            }
        }
    }

    /// Each weight is laid out twice.
    private void step() {
        progress.step("packing weights", done++, 2 * references.size());
    }

    /// Those of a file, whatever it says of them.
    static Checksums of(GgufFile file) {
        Map<String, MemorySegment> data = new LinkedHashMap<>();
        file.tensors().forEach(tensor -> data.put(tensor.name(), tensor.data()));
        file.byteTensors().forEach(tensor -> data.put(tensor.name(), tensor.data()));
        return Checksums.ofData(data);
    }
}
