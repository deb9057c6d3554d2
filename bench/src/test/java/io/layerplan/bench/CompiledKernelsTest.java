package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layerplan.bench.CompilationLog.VirtualCall;
import io.layerplan.runtime.cpu.KernelSelection;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kernels of a start by the launcher are compiled, and well: nothing is called for a vector. The launcher has that
/// done after so few calls that the JVM may know too little of what it compiles, and then F16, for one, is decoded at a
/// fifth of its speed for as long as the process lives. A format by itself is the hardest case, since no other's kernel
/// has shown the JVM from which memory vectors are loaded: with `ProfileMaturityPercentage` left out all of these
/// failed in both of two tries, with 1 instead of 0 all but two. What this does not see is files mapped as another
/// class of segments than other memory: two classes are told apart without a call. And it looks at products and
/// attention only, which take the time: one start of some hundred had such a call left in the norm, on a busy machine.
final class CompiledKernelsTest {
    private static final String KERNELS = "io.layerplan.runtime.kernel.vector.";

    /// Few enough for kernels of single tokens; the tokenizer has one for each letter.
    private static final String SHORT = "And God";

    /// Long enough to be packed.
    private static final String LONG = SHORT + " said unto Moses, Go in unto Pharaoh".repeat(7);

    private static final List<String> ATTENTION =
            List.of("VectorAttention.scores", "VectorAttention.softmax", "VectorAttention.weighted");

    /// It depends on the processor which of them is used.
    private static final String Q8_0 = "GroupedQ80.multiply|GroupedBitsQ80.multiply";

    @TempDir
    static Path folder;

    private static StartedLauncher launcher;

    @BeforeAll
    static void install() throws IOException {
        assumeThat(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .as("a bash to run the launcher")
                .anyMatch(place -> Files.isExecutable(Path.of(place, "bash")));
        assumeThat(KernelSelection.choose(true)).as("vectors").isInstanceOf(VectorRowKernels.class);
        launcher = StartedLauncher.install(Files.createDirectory(folder.resolve("home")));
    }

    @Test
    void nothingIsCalledForAVectorOfTheBundledModel() throws IOException, InterruptedException {
        Path model = BenchRun.ROOT.resolve("examples/models/kjv-7m-q8_0.gguf").toAbsolutePath();
        check(model, SHORT, List.of(Q8_0));
    }

    @ParameterizedTest
    @CsvSource({
        "f16, VectorF16.multiply",
        "q4_0, GroupedQ40.multiply",
        "q5_0, GroupedQ50.multiply",
        "q5_1, VectorQ51.multiply",
        "q4_k_m, GroupedQ4K.multiply GroupedQ6K.multiply"
    })
    void nothingIsCalledForAVector(String type, String products) throws IOException, InterruptedException {
        check(model(type), SHORT, List.of(products.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "f16, floats, VectorF16.decode VectorF16.multiply",
        "q4_0, floats, GroupedQ40.decode GroupedQ40.multiply",
        "q4_0, integers, CodeStrips.packBlock UnpackedCodes.four TileOfCodes.multiply GroupedQ40.multiply",
        "q4_k_m, integers, TileOfCodes.multiply TileOfCodesAndMinima.multiply CodesQ4K.decode CodesQ6K.decode"
    })
    void nothingIsCalledForAVectorAfterALongPrompt(String type, String prefill, String products)
            throws IOException, InterruptedException {
        check(model(type), LONG, List.of(products.split(" ", -1)), "-Dlayerplan.prefill=" + prefill);
    }

    private static Path model(String type) {
        Path file = folder.resolve(type + ".gguf");
        if (!Files.exists(file)) {
            BenchRun written = BenchRun.of(
                    "random-model",
                    "--type=" + type,
                    "--layers=2",
                    "--width=256",
                    "--heads=4",
                    "--kv-heads=2",
                    "--feed-forward=512",
                    "--vocabulary=300",
                    "--context=512",
                    "-o=" + file);
            assertThat(written.exitCode()).as(written.err()).isZero();
        }
        return file;
    }

    /// @param products methods of kernels that are used, with `|` between those of which one is
    private static void check(Path model, String prompt, List<String> products, String... more)
            throws IOException, InterruptedException {
        Path log = folder.resolve("compilation.log");
        Files.deleteIfExists(log);
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+LogCompilation",
                "-XX:LogFile=" + log,
                "-XX:CompileCommand=log," + KERNELS + "*::*"));
        options.addAll(List.of(more));
        launcher.run(
                options,
                List.of(
                        "run",
                        "-e",
                        "run all",
                        "-m",
                        model.toString(),
                        "--prompt",
                        prompt,
                        "-n",
                        "8",
                        "--threads",
                        "2"));

        Map<String, List<VirtualCall>> calls = CompilationLog.virtualCalls(log);
        for (String needed :
                Stream.concat(products.stream(), ATTENTION.stream()).toList()) {
            List<String> used = Stream.of(needed.split("\\|", -1))
                    .map(KERNELS::concat)
                    .filter(calls::containsKey)
                    .toList();
            assertThat(used).as(needed).isNotEmpty();
            for (String kernel : used) {
                assertThat(calls.get(kernel)).as(kernel).noneMatch(CompiledKernelsTest::isForAVector);
            }
        }
    }

    /// Not, for example, the copy of a token's activations, which is one for many rows.
    private static boolean isForAVector(VirtualCall call) {
        return Stream.of(call.caller(), call.callee())
                .anyMatch(name -> name.startsWith("jdk.incubator.vector.")
                        || name.startsWith("jdk.internal.misc.ScopedMemoryAccess."));
    }
}
