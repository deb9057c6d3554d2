package io.layerplan.runtime.cpu;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.machine.AvailableMemory;
import io.layerplan.runtime.cpu.machine.PhysicalCores;
import io.layerplan.runtime.cpu.machine.ProcessorInfo;
import io.layerplan.runtime.cpu.weight.GroupedWeights;
import io.layerplan.runtime.program.Program;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// This machine's processor, one device.
public final class CpuBackend implements Backend {
    @Override
    public String name() {
        return Backends.USUAL;
    }

    @Override
    public List<Device> devices() {
        long memory = AvailableMemory.bytes();
        return List.of(new Device(
                0,
                processor(),
                "JVM",
                memory,
                memory,
                PhysicalCores.count(),
                List.of("kernels " + KernelSelection.choose(true).name())));
    }

    private static String processor() {
        return ProcessorInfo.field("model name").orElseGet(() -> System.getProperty("os.arch", "processor"));
    }

    @Override
    public Optional<WeightLayout> layout(Program program) {
        return GroupedWeights.of(program).map(layout -> layout);
    }

    @Override
    public OptionalDouble readSpeed(int device, long bytes, int threads) {
        Backends.device(this, device);
        return OptionalDouble.of(MemoryRead.bytesPerSecond(KernelSelection.choose(true), bytes, threads));
    }

    @Override
    public Executor open(Program program, WeightSource weights, BackendOptions options) {
        Backends.device(this, options.device());
        CpuOptions usual = CpuOptions.ofContext(options.context());
        CpuExecutor executor = new CpuExecutor(
                program,
                weights,
                new CpuOptions(
                        options.threads() == 0 ? usual.threads() : options.threads(),
                        options.context(),
                        options.batch() == 0 ? usual.batch() : options.batch(),
                        options.kv(),
                        options.repack()));
        executor.expect(options.prompt());
        return executor;
    }
}
