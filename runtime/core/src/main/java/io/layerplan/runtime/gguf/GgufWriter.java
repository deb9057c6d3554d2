package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.MetadataValue.Flag;
import io.layerplan.runtime.gguf.MetadataValue.Real;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import io.layerplan.runtime.gguf.MetadataValue.Text;
import io.layerplan.runtime.gguf.MetadataValue.Whole;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Writes a GGUF file of version 3: to a temporary file beside it, which takes its name when it is complete, so
/// that a write that is interrupted leaves no half file.
public final class GgufWriter {
    private final Metadata metadata;
    private final int alignment;
    private final Map<String, Pending> tensors = new LinkedHashMap<>();
    private boolean sealed;

    /// @param type  the number of its type
    /// @param parts of its bytes, asked for when the tensor's turn comes, so that one at a time needs to be in memory
    private record Pending(int type, List<Long> shape, long size, Supplier<? extends Iterable<MemorySegment>> parts) {}

    public GgufWriter(Metadata metadata) {
        this.metadata = metadata;
        this.alignment = Alignment.of(metadata);
    }

    /// Adds a tensor.
    ///
    /// @param shape in ggml's order: elements of a row first
    /// @param data  called once, during [#write(Path)]; exactly as many bytes as type and shape say
    /// @throws IllegalArgumentException if there is a tensor of this name
    public GgufWriter tensor(String name, ElementType type, List<Long> shape, Supplier<MemorySegment> data) {
        return tensorInParts(name, type, shape, () -> List.of(data.get()));
    }

    /// Adds a tensor that is larger than memory has room for.
    ///
    /// @param shape as for [#tensor(String, ElementType, List, Supplier)]
    /// @param parts called once, during [#write(Path)]; together exactly as many bytes as type and shape say, each
    ///              valid until the next one is asked for
    /// @throws IllegalArgumentException if there is a tensor of this name
    public GgufWriter tensorInParts(
            String name, ElementType type, List<Long> shape, Supplier<? extends Iterable<MemorySegment>> parts) {
        long rows = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        long size = Math.multiplyExact(rows, type.rowBytes(shape.getFirst()));
        return add(name, new Pending(type.ggufCode(), List.copyOf(shape), size, parts));
    }

    /// Adds [GgufBytes].
    ///
    /// @param shape as for the others, in bytes
    /// @param parts as for [#tensorInParts(String, ElementType, List, Supplier)]
    /// @throws IllegalArgumentException if there is a tensor of this name
    public GgufWriter bytesInParts(String name, List<Long> shape, Supplier<? extends Iterable<MemorySegment>> parts) {
        long size = shape.stream().reduce(1L, Math::multiplyExact);
        return add(name, new Pending(GgufBytes.GGUF_CODE, List.copyOf(shape), size, parts));
    }

    private GgufWriter add(String name, Pending tensor) {
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("two tensors named " + name);
        }
        return this;
    }

    /// Adds a matrix under its name; one row makes a vector.
    public GgufWriter tensor(Matrix matrix) {
        List<Long> shape = matrix.rows() == 1
                ? List.of((long) matrix.columns())
                : List.of((long) matrix.columns(), (long) matrix.rows());
        return tensor(matrix.name(), matrix.type(), shape, matrix::data);
    }

    /// Ends the file with a [GgufSeal].
    public GgufWriter sealed() {
        sealed = true;
        return this;
    }

    /// Writes the file, replacing the one that is there.
    ///
    /// @throws InputException if it cannot be written, or the disk has no room for the tensors beside the old file
    public void write(Path path) {
        Path part = PartFile.of(path);
        try {
            PartFile.deleteAbandoned(path);
            DiskSpace.require(
                    path, tensors.values().stream().mapToLong(Pending::size).sum());
            try (GgufSink sink = new GgufSink(part)) {
                write(sink);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InputException("cannot write `%s`: %s".formatted(path, GgufFile.reason(e)), "", e);
        } finally {
            delete(part);
        }
    }

    private static void delete(Path part) {
        try {
            if (Files.exists(part)) { // what lies in no folder cannot even be deleted
                Files.delete(part);
            }
        } catch (IOException e) {
            throw new InputException("cannot delete `%s`: %s".formatted(part, GgufFile.reason(e)), "", e);
        }
    }

    private void write(GgufSink sink) throws IOException {
        sink.int32(GgufParser.MAGIC);
        sink.int32(GgufParser.NEWEST_VERSION);
        sink.int64(tensors.size());
        sink.int64(metadata.keys().size());
        for (String key : metadata.keys()) {
            sink.string(key);
            value(sink, Objects.requireNonNull(metadata.value(key)));
        }
        long offset = 0;
        for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
            Pending tensor = entry.getValue();
            sink.string(entry.getKey());
            sink.int32(tensor.shape().size());
            for (long dimension : tensor.shape()) {
                sink.int64(dimension);
            }
            sink.int32(tensor.type());
            sink.int64(offset);
            offset = Alignment.up(offset + tensor.size(), alignment);
        }
        sink.align(alignment);
        long headBytes = sink.written();
        int headChecksum = sink.checksum();
        for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
            data(sink, entry.getKey(), entry.getValue());
        }
        if (sealed) {
            GgufSeal.write(sink, headBytes, headChecksum);
        }
    }

    private void data(GgufSink sink, String name, Pending tensor) throws IOException {
        long bytes = 0;
        for (MemorySegment part : tensor.parts().get()) {
            bytes += part.byteSize();
            sink.bytes(part);
        }
        if (bytes != tensor.size()) {
            throw new IllegalArgumentException("%s: %d bytes instead of %d".formatted(name, bytes, tensor.size()));
        }
        sink.align(alignment);
    }

    private static void value(GgufSink sink, MetadataValue value) throws IOException {
        switch (value) {
            case Whole whole -> {
                sink.int32(whole.type().code());
                sink.integer(whole.type().bytes(), whole.bits());
            }
            case Real real
            when real.type() == ValueType.FLOAT32 -> {
                sink.int32(real.type().code());
                sink.int32(Float.floatToRawIntBits((float) real.value()));
            }
            case Real real -> {
                sink.int32(real.type().code());
                sink.int64(Double.doubleToRawLongBits(real.value()));
            }
            case Flag flag -> {
                sink.int32(ValueType.BOOL.code());
                sink.integer(1, flag.value() ? 1 : 0);
            }
            case Text text -> {
                sink.int32(ValueType.STRING.code());
                sink.string(text.value());
            }
            case Sequence array -> {
                sink.int32(ValueType.ARRAY.code());
                sink.int32(array.elements().code());
                sink.int64(array.count());
                sink.bytes(array.data());
            }
        }
    }
}
