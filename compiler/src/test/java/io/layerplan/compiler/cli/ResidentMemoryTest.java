package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidentMemoryTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void addsUpWhatIsNoPartOfTheFiles() throws IOException {
        Path model = Files.writeString(folder.resolve("a model.gguf"), "GGUF");
        Path mappings = Files.writeString(folder.resolve("smaps"), """
            7f0000000000-7f0000400000 r--s 00000000 fe:00 12345                      %s
            Size:               4096 kB
            Rss:                4000 kB
            Pss:                4000 kB
            VmFlags: rd mr me ms sd
            7f0000500000-7f0000600000 rw-p 00000000 00:00 0\s
            Size:               1024 kB
            Rss:                 700 kB
            ffff00000000-ffff00001000 r-xp 00000000 fe:00 77       /usr/lib/lib c.so
            Rss:                  30 kB
            """.formatted(model.toRealPath()));

        assertThat(ResidentMemory.beyond(mappings, List.of(model))).hasValue(730 * 1024);
        assertThat(ResidentMemory.beyond(mappings, List.of())).hasValue(4730 * 1024);
    }

    @Test
    void isUnknownWhereTheSystemDoesNotSay() throws IOException {
        assertThat(ResidentMemory.beyond(folder.resolve("nothing"), List.of())).isEmpty();
        Path odd = Files.writeString(folder.resolve("odd"), "Rss: many kB\n");
        assertThat(ResidentMemory.beyond(odd, List.of())).isEmpty();
    }

    @Test
    void leavesOutAMappedFileOfThisProcess() throws IOException {
        assumeThat(Path.of("/proc/self/smaps"))
                .as("the system's list of mappings")
                .isReadable();
        int size = 64 * MEGABYTE;
        Path file = Files.write(folder.resolve("weights"), new byte[size]);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, size, arena);
            long touched = 0;
            for (long at = 0; at < size; at += 4096) {
                touched += mapped.get(ValueLayout.JAVA_BYTE, at);
            }
            assertThat(touched).isZero();

            long all = ResidentMemory.beyond(List.of()).orElseThrow();
            long beyond = ResidentMemory.beyond(List.of(file)).orElseThrow();

            // The rest of the process moves by little from one look to the next.
            assertThat(all - beyond).isBetween(size - 16L * MEGABYTE, size + 16L * MEGABYTE);
        }
    }
}
