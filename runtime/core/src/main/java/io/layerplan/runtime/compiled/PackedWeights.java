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
    private final Steps steps;

    /// @param model  has all of the program's weights
    /// @param layout empty for weights as they lie in the model's file
    PackedWeights(Program program, GgufFile model, Optional<WeightLayout> layout, Progress progress) {
        program.weights().forEach(weight -> references.putIfAbsent(weight.name(), weight));
        this.model = model;
        this.layout = layout;
        // Each weight is laid out twice, and the last one has to be written.
        this.steps = new Steps("packing weights", 2 * laidOut() + 1, progress);
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
            byName.put(storedName(tensor.name(), to.name()), Crc32c.of(to.parts(tensor.matrix())));
            steps.next();
        });
        return new Checksums(byName);
    }

    /// A weight is laid out when the writer comes to it; [#written] says that it is through.
    void addTo(GgufWriter writer) {
        forEach(
                tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data),
                (tensor, to, bytes) -> writer.bytesInParts(storedName(tensor.name(), to.name()), List.of(bytes), () -> {
                    steps.next();
                    return to.parts(tensor.matrix());
                }));
    }

    /// The writer has written them.
    void written() {
        steps.next();
    }

    private interface InFile {
        void add(GgufTensor tensor);
    }

    private interface InLayout {
        void add(GgufTensor tensor, WeightLayout layout, long bytes);
    }

    private int laidOut() {
        int[] count = {0};
        forEach(asItLies -> {}, (tensor, to, bytes) -> count[0]++);
        return count[0];
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

    /// Those of a file, whatever it says of them.
    static Checksums of(GgufFile file, Progress progress) {
        Map<String, MemorySegment> data = new LinkedHashMap<>();
        file.tensors().forEach(tensor -> data.put(tensor.name(), tensor.data()));
        file.byteTensors().forEach(tensor -> data.put(tensor.name(), tensor.data()));
        return Checksums.ofData(data, progress);
    }
}
