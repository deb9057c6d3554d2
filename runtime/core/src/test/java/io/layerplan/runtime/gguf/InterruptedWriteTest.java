package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers in processes of their own, which are ended while they write.
class InterruptedWriteTest {
    private static final String WRITING = "writing";

    @TempDir
    private Path folder;

    /// Writes a file, and stops in the middle of it for longer than the test takes.
    static final class SlowWriter {
        public static void main(String[] arguments) {
            writer(() -> {
                        System.out.println(WRITING);
                        try {
                            TimeUnit.MINUTES.sleep(2);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return MemorySegment.ofArray(new byte[64]);
                    })
                    .write(Path.of(arguments[0]));
        }
    }

    private static GgufWriter writer(java.util.function.Supplier<MemorySegment> data) {
        return new GgufWriter(Metadata.of(Map.of("text", "hello"))).tensor("x", ElementType.F32, List.of(16L), data);
    }

    private static void write(Path path) {
        writer(() -> MemorySegment.ofArray(new byte[64])).write(path);
    }

    private static Process startWriting(Path path) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowWriter.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo(WRITING);
        return process;
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    /// Ctrl-C ends a JVM as this does, by its shutdown hooks.
    @Test
    void anEndedProcessLeavesNothing() throws Exception {
        Path path = folder.resolve("model.gguf");
        write(path);
        byte[] before = Files.readAllBytes(path);
        Process process = startWriting(path);
        assertThat(files()).hasSize(2);
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(files()).containsExactly("model.gguf");
        assertThat(path).hasBinaryContent(before);
    }

    @Test
    void theNextWriteClearsUpAfterAKilledProcess() throws Exception {
        Path path = folder.resolve("model.gguf");
        Path other = folder.resolve("model.gguf.notes.part");
        Files.writeString(other, "of somebody else");
        Process process = startWriting(path);
        write(path);
        assertThat(files()).as("what is being written stays").hasSize(3);
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(files()).hasSize(3);
        write(path);
        assertThat(files()).containsExactly("model.gguf", "model.gguf.notes.part");
    }
}
