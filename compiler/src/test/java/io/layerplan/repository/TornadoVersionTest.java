package io.layerplan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The version of TornadoVM is a property of the parent pom; what tells users to install one names the same.
final class TornadoVersionTest {
    private static final Path ROOT = Path.of(System.getProperty("layerplan.root", ".."));
    private static final Pattern PROPERTY = Pattern.compile("<tornadovm.version>(.+)</tornadovm.version>");

    @Test
    void isTheSameWhereverUsersReadIt() throws IOException {
        Matcher property = PROPERTY.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(property.find()).isTrue();
        String installed = property.group(1) + "-opencl";

        assertThat(Backends.TORNADO_HELP).contains("sdk install tornadovm %s`".formatted(installed));
        assertThat(Files.readString(ROOT.resolve("layerplan"))).contains("TORNADO_EXAMPLE=%s\n".formatted(installed));
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("sdk install tornadovm %s ".formatted(installed), "tornadovm-%s-".formatted(installed));
    }
}
