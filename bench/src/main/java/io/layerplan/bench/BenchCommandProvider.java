package io.layerplan.bench;

import io.layerplan.compiler.cli.Command;
import io.layerplan.compiler.cli.CommandProvider;
import io.layerplan.compiler.cli.Environment;

/// Brings `bench` to the command line.
public final class BenchCommandProvider implements CommandProvider {
    @Override
    public String name() {
        return "bench";
    }

    @Override
    public Command create(Environment environment) {
        return new BenchCommand(environment);
    }
}
