package io.layerplan.bench;

import io.layerplan.compiler.cli.Command;
import io.layerplan.compiler.cli.CommandProvider;
import io.layerplan.compiler.cli.Environment;

/// Brings `random-model` to the command line.
public final class RandomModelCommandProvider implements CommandProvider {
    @Override
    public String name() {
        return "random-model";
    }

    @Override
    public Command create(Environment environment) {
        return new RandomModelCommand(environment);
    }
}
