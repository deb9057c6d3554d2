package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReportTest {
    private static final Pattern FETCHED = Pattern.compile("https?:|src=|@import|url\\(|<script|<link");

    @TempDir
    Path folder;

    @Test
    void isOnePageThatFetchesNothing() throws IOException {
        Path report = folder.resolve("report.html");
        BenchRun run = BenchRun.shortly(
                "-e", "run all # <b> & \"quotes\"", "--against", "run 0..3; run rest", "--report", report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        String page = Files.readString(report);
        assertThat(page).startsWith("<!DOCTYPE html>\n").contains("prefers-color-scheme: dark");
        assertThat(FETCHED.matcher(page).find()).isFalse();
        assertThat(page.split("<svg ", -1)).hasSize(1 + 6);
        assertThat(page)
                .contains("Decode", "Prefill", "Launches", "Roofline", "Decode by context", "Time by what it is for")
                .contains("run all # &lt;b&gt; &amp; &quot;quotes&quot;")
                .contains("(what the others are compared with)")
                .doesNotContain("NaN", "Infinity", "<b> &");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(report);
        }
    }

    @Test
    void oneVariantAloneIsDrawnToo() throws IOException {
        Path report = folder.resolve("REPORT.HTML");
        BenchRun run = BenchRun.shortly("-e", "run all", "--only", "unfused", "--report", report.toString(), "--csv");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(report)).doesNotContain("class=\"fused\"").contains("class=\"unfused\"");
        assertThat(run.out()).startsWith("plan,variant,");
    }

    @Test
    void theReportOfBeforeIsReplaced() throws IOException {
        Path report = folder.resolve("report.html");
        Files.writeString(report, "before");
        BenchRun.shortly("-e", "run all", "--only", "fused", "--report", report.toString());
        assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>");
    }
}
