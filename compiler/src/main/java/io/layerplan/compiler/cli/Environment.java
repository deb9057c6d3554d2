package io.layerplan.compiler.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command sees of the process it runs in. Tests hand in their own.
///
/// @param in               standard input
/// @param out              standard output; text is UTF-8, whatever the locale
/// @param err              standard error
/// @param variables        environment variables
/// @param home             where Layerplan is installed; the bundled model lies below
/// @param inputIsTerminal  whether a person types standard input
/// @param outputIsTerminal whether people read standard output as it is written
/// @param errorIsTerminal  the same of standard error
public record Environment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        Optional<Path> home,
        boolean inputIsTerminal,
        boolean outputIsTerminal,
        boolean errorIsTerminal) {
    /// What the launcher says in `layerplan.*` properties, since Java cannot ask what a descriptor is.
    static Environment ofProcess() {
        String terminals = System.getProperty("layerplan.terminals", "");
        return new Environment(
                System.in,
                stream(descriptor("layerplan.standardOutput", FileDescriptor.out)),
                stream(descriptor("layerplan.standardError", FileDescriptor.err)),
                System.getenv(),
                Optional.ofNullable(System.getProperty("layerplan.home")).map(Path::of),
                terminals.contains("in"),
                terminals.contains("out"),
                terminals.contains("err"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /// The launcher leaves descriptors 1 and 2 to what the JVM and the drivers of devices print, and names those that
    /// are Layerplan's own. A descriptor by its number is not in Java's API, so it also opens the package to us.
    private static FileDescriptor descriptor(String property, FileDescriptor usual) {
        Integer number = Integer.getInteger(property);
        if (number == null) {
            return usual;
        }
        try {
            var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "-D%s needs --add-opens=java.base/java.io=ALL-UNNAMED, as the launcher has it".formatted(property),
                    e);
        }
    }

    /// The value of a variable, if it is set to something.
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
