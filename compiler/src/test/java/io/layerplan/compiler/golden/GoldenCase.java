package io.layerplan.compiler.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One golden input. Its first line may carry options, `#! layers=18 set=n=1.5 plan=main`; a plan sees them as a
/// comment.
///
/// @param name the file's name without its extension
/// @param text all of it, the options included
public record GoldenCase(String name, String text, Path expected) {
    private static final String MARK = "#!";

    static GoldenCase read(Path file, String extension) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - extension.length());
        try {
            return new GoldenCase(name, Files.readString(file), file.resolveSibling(name + ".expected"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<String> option(String key) {
        return options(key).stream().findFirst();
    }

    /// The values of an option that can be given several times, `set=n=1.5 set=m=2`: `n=1.5, m=2`.
    public Map<String, String> settings(String key) {
        var settings = new LinkedHashMap<String, String>();
        for (String value : options(key)) {
            int equals = value.indexOf('=');
            settings.put(value.substring(0, equals), value.substring(equals + 1));
        }
        return settings;
    }

    private List<String> options(String key) {
        var options = new ArrayList<String>();
        String first = text.lines().findFirst().orElse("");
        if (first.startsWith(MARK)) {
            for (String option : first.substring(MARK.length()).strip().split(" ", -1)) {
                if (option.startsWith(key + "=")) {
                    options.add(option.substring(key.length() + 1));
                }
            }
        }
        return options;
    }
}
