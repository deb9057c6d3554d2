package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.cli.Layerplan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two JVMs, with two plans, have the same kernels written the same way: a driver finds what it compiled before.
@Tag("device")
class DeviceKernelSourceTest {
    private static final Pattern KERNEL =
            Pattern.compile("__kernel void (project|attend).*?// {2}kernel", Pattern.DOTALL);

    @Test
    void isTheSameInEveryRun() throws Exception {
        Devices.require();
        Set<String> one = kernels("run 0..3");
        assertThat(one).hasSize(2);
        assertThat(kernels("run 0..1; par 2..3 avg")).isEqualTo(one);
    }

    /// The distinct sources that TornadoVM prints, but for the kernel of embeddings, which counts the slots of a turn.
    private static Set<String> kernels(String plan) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-Dtornado.printKernel=True", "-Dlayerplan.home=" + System.getProperty("layerplan.root")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Layerplan.class.getName()));
        command.addAll(List.of("run", "-e", plan, "--prompt", "And", "-n", "1", "--backend", "tornado"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(plan).isZero();
        return new TreeSet<>(
                KERNEL.matcher(printed).results().map(MatchResult::group).toList());
    }
}
