package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An open GGUF file (version 2 or 3, little-endian): its metadata and tensors over a read-only mapping, no
/// copies. The file is untrusted; once it is open, every array and every tensor is known to lie inside it.
///
/// What it hands out must not be used after [#close()].
public final class GgufFile implements AutoCloseable {
    /// What to do about a file whose parts do not fit together.
    static final String DAMAGED = "the file is incomplete or damaged; fetch it again";

    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;
    private final long headBytes;
    private final Metadata metadata;
    private final Map<String, GgufTensor> tensors;
    private final Map<String, GgufBytes> byteTensors;

    private GgufFile(Path path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
        GgufParser parser = new GgufParser(path.toString(), bytes);
        this.headBytes = Math.min(parser.headBytes(), bytes.byteSize());
        this.metadata = parser.metadata();
        Map<String, GgufTensor> byName = new LinkedHashMap<>();
        parser.tensors().weights().forEach(tensor -> byName.put(tensor.name(), tensor));
        this.tensors = Collections.unmodifiableMap(byName);
        Map<String, GgufBytes> others = new LinkedHashMap<>();
        parser.tensors().bytes().forEach(tensor -> others.put(tensor.name(), tensor));
        this.byteTensors = Collections.unmodifiableMap(others);
    }

    /// Opens and checks a file.
    ///
    /// @throws InputException if it cannot be read, is no GGUF file, or breaks a rule of the format;
    ///                        the message names the file and the key or tensor
    public static GgufFile open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            return new GgufFile(path, arena, map(path, arena));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) {
        if (Files.isDirectory(path)) {
            throw new InputException(
                    "`%s` is a folder, not a model file".formatted(path),
                    "name a file, such as `%s`".formatted(path.resolve("model.gguf")));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return plain(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (IOException e) {
            throw new InputException("cannot read `%s`: %s".formatted(path, reason(e)), "", e);
        }
    }

    /// The same bytes as a segment of the class that other native memory has, where this JVM allows it. Kernels then
    /// load from one class of segments only; where a JVM has seen two or three, a kernel may stay slow, in some starts
    /// and not in others.
    @SuppressWarnings("restricted")
    private static MemorySegment plain(MemorySegment mapped, Arena arena) {
        if (mapped.byteSize() == 0 || !GgufFile.class.getModule().isNativeAccessEnabled()) {
            return mapped;
        }
        return MemorySegment.ofAddress(mapped.address())
                .reinterpret(mapped.byteSize(), arena, null)
                .asReadOnly();
    }

    /// What went wrong, without the path that the message of a [FileSystemException] begins with.
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    public Path path() {
        return path;
    }

    /// Bytes of the whole file.
    public long size() {
        return bytes.byteSize();
    }

    /// The whole file as it lies on disk, read-only.
    public MemorySegment bytes() {
        return bytes;
    }

    /// How many bytes come before the tensors' data.
    long headBytes() {
        return headBytes;
    }

    public Metadata metadata() {
        return metadata;
    }

    /// In the order of the file.
    public List<GgufTensor> tensors() {
        return List.copyOf(tensors.values());
    }

    public Optional<GgufTensor> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /// The tensors that are bytes and no weights, in the order of the file. A model has none.
    public List<GgufBytes> byteTensors() {
        return List.copyOf(byteTensors.values());
    }

    public Optional<GgufBytes> byteTensor(String name) {
        return Optional.ofNullable(byteTensors.get(name));
    }

    /// For those who read weights only.
    ///
    /// @throws InputException if a tensor is no weight
    public void requireWeights() {
        for (String name : byteTensors.keySet()) {
            throw new InputException(
                    "`%s`: tensor %s has the unsupported type `I8`".formatted(path, Quoted.of(name)),
                    UnsupportedTypes.help());
        }
    }

    /// Unmaps the file.
    @Override
    public void close() {
        arena.close();
    }
}
