package io.layerplan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the JVM's best compiler made, by its log (`-XX:+LogCompilation`), which has an element in each line: the calls
/// that it left virtual in each method, when it compiled that last. A call is first written down as virtual, and the
/// compiler may learn later which method it calls; it then says that it inlines this one late.
final class CompilationLog {
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)='([^']*)'");

    /// Methods as `package.Class.name`.
    record VirtualCall(String caller, String callee) {
        @Override
        public String toString() {
            return caller + " calls " + callee;
        }
    }

    private record Ids(String caller, String callee) {}

    private final Map<String, List<VirtualCall>> compiled = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Deque<String> parsed = new ArrayDeque<>();
    private final List<Ids> calls = new ArrayList<>();
    private @Nullable String method;
    private String callee = "";
    private String late = "";

    private CompilationLog() {}

    /// By method, `package.Class.name`; those with the same name are taken together.
    static Map<String, List<VirtualCall>> virtualCalls(Path file) throws IOException {
        CompilationLog log = new CompilationLog();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            int end = line.indexOf(' ');
            log.read(end < 0 ? line : line.substring(0, end), attributes(line));
        }
        return log.compiled;
    }

    private static Map<String, String> attributes(String line) {
        Map<String, String> attributes = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(line);
        while (matcher.find()) {
            attributes.put(matcher.group(1), matcher.group(2));
        }
        return attributes;
    }

    private void read(String element, Map<String, String> attributes) {
        switch (element) {
            case "<task" -> begin(attributes);
            case "<klass", "<type" -> names.put(id(attributes), attributes.getOrDefault("name", ""));
            case "<method" ->
                names.put(id(attributes), names.get(attributes.get("holder")) + "." + attributes.get("name"));
            case "<parse" -> parsed.push(attributes.getOrDefault("method", ""));
            case "</parse>" -> parsed.poll();
            case "<call" -> callee = attributes.getOrDefault("method", "");
            case "<inline_fail" -> {
                if ("virtual call".equals(attributes.get("reason"))) {
                    calls.add(new Ids(parsed.getFirst(), callee));
                }
            }
            case "<late_inline" -> late = attributes.getOrDefault("method", "");
            case "<jvms" -> {
                calls.remove(new Ids(attributes.getOrDefault("method", ""), late));
                late = "";
            }
            // It may try again, from the beginning.
            case "<failure" -> forget();
            case "<task_done" -> end("1".equals(attributes.get("success")));
            default -> {}
        }
    }

    private static String id(Map<String, String> attributes) {
        return attributes.getOrDefault("id", "");
    }

    /// The simple compiler has a level, and code that is entered in a loop has a kind; neither is what stays.
    private void begin(Map<String, String> attributes) {
        String[] words = attributes.getOrDefault("method", "").split(" ", -1);
        boolean stays = !attributes.containsKey("level") && !attributes.containsKey("compile_kind");
        method = stays && words.length == 3 ? words[0] + "." + words[1] : null;
        names.clear();
        forget();
    }

    private void forget() {
        parsed.clear();
        calls.clear();
        late = "";
    }

    private void end(boolean success) {
        if (method != null && success) {
            List<VirtualCall> left = calls.stream()
                    .map(call -> new VirtualCall(name(call.caller()), name(call.callee())))
                    .toList();
            compiled.put(method, left);
        }
        method = null;
    }

    private String name(String id) {
        return Objects.requireNonNull(names.get(id), id);
    }
}
