package io.layerplan.compiler.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.syntax.LayerItem;
import io.layerplan.compiler.syntax.PlanReader;
import io.layerplan.compiler.syntax.Statement;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every message of the front end is shown by some golden file. Messages are made by static factories; each is called
/// with stand-ins, and what it says must match the first line of a golden diagnostic, stand-ins and numbers aside.
final class MessageCoverageTest {
    private static final List<String> FACTORIES = List.of(
            "io.layerplan.compiler.syntax.SyntaxMessages",
            "io.layerplan.compiler.schedule.ScheduleMessages",
            "io.layerplan.compiler.schedule.FlagMessages",
            "io.layerplan.compiler.syntax.ir.GraphMessages");
    private static final String WORD = "stand_in";
    private static final SourceText SOURCE = new SourceText("stand_in.plan", "run 3..4");

    @TestFactory
    Stream<DynamicTest> everyMessageHasAGoldenFile() throws Exception {
        List<String> shown = shown();
        var tests = new ArrayList<DynamicTest>();
        for (String name : FACTORIES) {
            for (Method factory : Class.forName(name).getDeclaredMethods()) {
                if (Modifier.isStatic(factory.getModifiers()) && factory.getReturnType() == Diagnostic.class) {
                    Pattern message = pattern(factory);
                    tests.add(DynamicTest.dynamicTest(
                            factory.getName(),
                            () -> assertThat(shown)
                                    .as(message.pattern())
                                    .anyMatch(line -> message.matcher(line).matches())));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    /// The first line of every golden diagnostic; notes and warnings stand beside schedules too.
    private static List<String> shown() throws IOException {
        var lines = new ArrayList<String>();
        List<GoldenCase> cases = new ArrayList<>(GoldenFiles.cases("diagnostics", ".plan"));
        cases.addAll(GoldenFiles.cases("schedule", ".plan"));
        cases.addAll(GoldenFiles.cases("ir", ".ir"));
        for (GoldenCase golden : cases) {
            for (String line : Files.readAllLines(golden.expected())) {
                if (line.matches("(error|warning|note): .*")) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static Pattern pattern(Method factory) throws ReflectiveOperationException {
        factory.setAccessible(true);
        Object[] arguments = Arrays.stream(factory.getParameterTypes())
                .map(MessageCoverageTest::standIn)
                .toArray();
        var diagnostic = (Diagnostic) factory.invoke(null, arguments);
        String line = diagnostic.severity().word() + ": " + diagnostic.message();
        String[] constants = line.split(WORD + "|[0-9]+", -1);
        return Pattern.compile(
                String.join(".+", Arrays.stream(constants).map(Pattern::quote).toList()));
    }

    private static Object standIn(Class<?> type) {
        var bits = new BitSet();
        bits.set(3, 5);
        return switch (type.getSimpleName()) {
            case "String" -> WORD;
            case "int" -> 3;
            case "long" -> 5L;
            case "double" -> 7.0;
            case "boolean" -> true;
            case "BitSet" -> bits;
            case "Optional" -> Optional.empty();
            case "IllegalArgumentException" -> new IllegalArgumentException("matmul: " + WORD);
            case "List", "Collection" -> List.of(WORD, WORD);
            case "SourceText" -> SOURCE;
            case "SourceSpan" -> new SourceSpan(SOURCE, 4, 8);
            case "ModelShape" -> new ModelShape(WORD, 4);
            case "Range" -> range();
            default -> throw new AssertionError("no stand-in for " + type);
        };
    }

    private static LayerItem range() {
        var run = (Statement.Run)
                PlanReader.read(SOURCE).file().orElseThrow().statements().getFirst();
        return run.layers().items().getFirst();
    }
}
