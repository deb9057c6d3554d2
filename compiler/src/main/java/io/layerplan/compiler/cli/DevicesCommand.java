package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `layerplan devices`.
@CommandLine.Command(
        name = "devices",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Lists what plans can be run on: backends, devices, what they can do.",
        description = "%nWhere a backend has no device, it says why and what to install.%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan devices",
            "      What is there.",
            "  layerplan run -e 'run all' --prompt \"And God said\" --backend tornado --device 0",
            "      On the first device of TornadoVM."
        })
final class DevicesCommand implements Command {
    private final Environment environment;

    @Option(names = "--json", description = "Print everything as JSON on standard output.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    DevicesCommand(Environment environment) {
        this.environment = environment;
    }

    /// A backend as it was found.
    ///
    /// @param missing why it has no devices
    /// @param help    what to do about it
    record Found(String backend, List<Device> devices, Optional<String> missing, Optional<String> help) {}

    @Override
    public int run() {
        List<Found> found = Backends.KNOWN.stream().map(DevicesCommand::find).toList();
        if (json) {
            environment.out().print(Json.text(new Report(found)));
        } else {
            found.forEach(each -> environment.out().print(text(each)));
        }
        return ExitCodes.SUCCESS;
    }

    /// What `--json` prints.
    record Report(List<Found> backends) {}

    private static Found find(String name) {
        try {
            Backend backend = Backends.named(name);
            return new Found(name, backend.devices(), Optional.empty(), Optional.empty());
        } catch (InputException e) {
            return new Found(name, List.of(), Optional.ofNullable(e.getMessage()), e.help());
        }
    }

    private static String text(Found found) {
        StringBuilder text = new StringBuilder(found.backend()).append('\n');
        found.missing()
                .ifPresent(reason -> text.append("  none: ").append(reason).append('\n'));
        found.help().ifPresent(help -> text.append("  = help: ").append(help).append('\n'));
        Table table = new Table("rll");
        for (Device device : found.devices()) {
            List<String> facts = new ArrayList<>();
            facts.add(device.driver());
            facts.add(Sizes.bytes(device.memoryBytes()) + " of memory");
            if (device.largestBytes() < device.memoryBytes()) {
                facts.add(Sizes.bytes(device.largestBytes()) + " in one piece");
            }
            facts.add(device.units() + (device.units() == 1 ? " unit" : " units"));
            facts.addAll(device.capabilities());
            table.row(Integer.toString(device.number()), device.name(), String.join(", ", facts));
        }
        return text.append(table.text()).toString();
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean json() {
        return json;
    }
}
