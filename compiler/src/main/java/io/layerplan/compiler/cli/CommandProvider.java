package io.layerplan.compiler.cli;

/// A command that comes in a jar of its own, such as `bench`: the command line finds it with
/// [java.util.ServiceLoader], where that jar is on the class path.
public interface CommandProvider {
    /// The word that chooses it.
    String name();

    /// The command, with picocli's annotations, its options not set yet.
    Command create(Environment environment);
}
