package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `./layerplan`, with a JDK and a Maven that only write down how they were called.
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "layerplan");

    /// Writes its arguments into a line of `calls`, and the archive that it was asked for. Where it is told the true
    /// standard output it writes there, and prints what a driver might.
    private static final String JAVA = """
        #!/bin/sh
        echo "$@" >>"$CALLS"
        dumps=''
        echo "${GLIBC_TUNABLES:-}" >"$CALLS.tunables"
        for argument; do
            case $argument in -Xshare:dump | -XX:AOTCacheOutput=*) dumps=yes ;; esac
            case $dumps$argument in
                yes-XX:AOTCacheOutput=* | yes-XX:SharedArchiveFile=*)
                    [ -z "${NO_ARCHIVES:-}" ] || exit 1
                    echo archive >"${argument#*=}" ;;
                -Dlayerplan.standardOutput=*)
                    echo "a driver's remark"
                    echo "the command's result" >&4 ;;
            esac
        done
        """;

    private static final String MAVEN = """
        #!/bin/sh
        echo mvn >>"$CALLS"
        mkdir -p compiler/target/lib bench/target runtime/tornado/target
        touch compiler/target/layerplan-compiler-0.1.0.jar compiler/target/lib/other.jar \
            bench/target/layerplan-bench-0.1.0.jar runtime/tornado/target/layerplan-runtime-tornado-0.1.0.jar
        """;

    @TempDir
    Path folder;

    private Path home;
    private Path calls;

    @BeforeEach
    void install() throws IOException {
        assumeThat(bash()).as("a bash to run the launcher").isTrue();
        home = Files.createDirectories(folder.resolve("home"));
        calls = folder.resolve("calls");
        Files.createDirectories(home.resolve("compiler/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        age(home.resolve("pom.xml"), 60);
        age(home.resolve("compiler/src/main"), 60);
        script(home.resolve("layerplan"), withoutThisMachinesJdks(Files.readString(LAUNCHER)));
        script(folder.resolve("bin/mvn"), MAVEN);
    }

    private static boolean bash() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "bash")));
    }

    /// It looks for JDKs where installers put them; here, below `jdks` instead.
    private String withoutThisMachinesJdks(String launcher) {
        String changed = launcher.replaceFirst(
                        "for candidate in /usr/lib/jvm/[^;]*; do", "for candidate in \"" + folder + "\"/jdks/*; do")
                .replace("/usr/libexec/java_home", "/nowhere/java_home");
        assertThat(changed).contains("/jdks/*").doesNotContain("/usr/lib/jvm").contains("/nowhere/java_home");
        return changed;
    }

    private static void age(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdks").resolve(version);
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), JAVA);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private record Run(int exitCode, String err) {}

    /// @param settings `NAME=value`
    private Run run(List<String> settings, String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("layerplan").toString());
        builder.command().addAll(List.of(arguments));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("LAYERPLAN"));
        environment.remove("TORNADOVM_HOME");
        environment.remove("GLIBC_TUNABLES");
        environment.put("PATH", folder.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("CALLS", calls.toString());
        for (String setting : settings) {
            environment.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        Process process = builder.redirectError(err.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(err));
    }

    /// How Java was started last.
    private String lastCall() throws IOException {
        return Files.readAllLines(calls).getLast();
    }

    private long builds() throws IOException {
        return Files.readAllLines(calls).stream().filter("mvn"::equals).count();
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJdk25() throws IOException, InterruptedException {
        String java17 = "JAVA_HOME=" + jdk("17.0.15");
        Run run = run(List.of(java17), "check", "-e", "run all");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: no JDK 25 found\n   = help: install one (")
                .contains("or set JAVA_HOME to it");
        assertThat(calls).doesNotExist();
    }

    @Test
    void findsAJdk25BesideAnOlderOneAndBuildsOnce() throws IOException, InterruptedException {
        String java17 = "JAVA_HOME=" + jdk("17.0.15");
        jdk("25.0.3");
        Run first = run(List.of(java17), "check", "-e", "run all");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains("layerplan: built");
        Run second = run(List.of(java17), "check", "-e", "run all");

        assertThat(second).isEqualTo(new Run(0, ""));
        assertThat(builds()).isEqualTo(1);
        assertThat(lastCall())
                .endsWith("io.layerplan.compiler.cli.Layerplan check -e run all")
                .contains("-Dlayerplan.home=" + home.toRealPath());
    }

    @Test
    void givesTheJvmTheOptionsOfItsUser() throws IOException, InterruptedException {
        jdk("25");
        String options = "LAYERPLAN_JAVA_OPTIONS=-Xmx77m -Dlayerplan.kernels=scalar";
        Run run = run(List.of(options), "run", "-e", "run all");

        assertThat(run.exitCode()).as(run.err()).isZero();
        // Behind the launcher's own, so that they win.
        assertThat(lastCall())
                .containsPattern("-XX:\\S+ .*-Xmx77m -Dlayerplan\\.kernels=scalar .*cli\\.Layerplan run -e run all$")
                .contains("--add-modules=jdk.incubator.vector");
    }

    @Test
    void measuresWithTheOptionsThatItRunsWith() throws IOException, InterruptedException {
        jdk("25");
        run(List.of(), "run", "-e", "run all");
        String running = lastCall();
        run(List.of(), "bench", "-e", "run all");

        assertThat(running).contains("CompileThresholdScaling");
        assertThat(lastCall()).isEqualTo(running.replace("Layerplan run", "Layerplan bench"));
    }

    @Test
    void asksForHugePagesWhereItsUserDoesNotDecide() throws IOException, InterruptedException {
        jdk("25");
        run(List.of(), "run", "-e", "run all");
        assertThat(tunables()).isEqualTo("glibc.malloc.hugetlb=1");
        run(List.of("GLIBC_TUNABLES=glibc.malloc.arena_max=1"), "run", "-e", "run all");
        assertThat(tunables()).isEqualTo("glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1");
        run(List.of("GLIBC_TUNABLES=glibc.malloc.hugetlb=0"), "run", "-e", "run all");
        assertThat(tunables()).isEqualTo("glibc.malloc.hugetlb=0");
        run(List.of(), "check", "-e", "run all");
        assertThat(tunables()).isEmpty();
    }

    /// What the last start set of the C library's settings.
    private String tunables() throws IOException {
        return Files.readString(Path.of(calls + ".tunables")).strip();
    }

    @Test
    void buildsAgainWithArchivesOfItsOwnAfterAChange() throws IOException, InterruptedException {
        jdk("25.0.3");
        run(List.of(), "run", "-e", "run all");
        String first = archive();
        age(home.resolve("target/launcher/stamp"), 30);
        Files.writeString(home.resolve("compiler/src/main/New.java"), "");
        run(List.of(), "run", "-e", "run all");

        assertThat(builds()).isEqualTo(2);
        assertThat(archive()).isNotEqualTo(first);
        assertThat(Path.of(archive())).isNotEmptyFile();
        // A JVM may still run with the one before.
        assertThat(Path.of(first)).isNotEmptyFile();
    }

    /// The archive of classes that the last start used.
    private String archive() throws IOException {
        return Stream.of(lastCall().split(" "))
                .filter(option -> option.startsWith("-XX:AOTCache=") || option.startsWith("-XX:SharedArchiveFile="))
                .map(option -> option.substring(option.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void startsWithoutAnArchiveWhereNoneCouldBeMade() throws IOException, InterruptedException {
        jdk("25.0.3");
        Run run = run(List.of("NO_ARCHIVES=yes"), "run", "-e", "run all");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(lastCall()).doesNotContain("-XX:AOTCache=").doesNotContain("-XX:SharedArchiveFile=");
    }

    @Test
    void keepsWhatDriversPrintOutOfTheOutput() throws IOException, InterruptedException {
        jdk("25.0.3");
        Run run = run(List.of(), "devices", "--json");

        assertThat(run.err()).contains("a driver's remark");
        assertThat(folder.resolve("out")).hasContent("the command's result");
    }

    @Test
    void startsTheJvmWithTornadoVmsOptionsAndWithThoseForIt() throws IOException, InterruptedException {
        jdk("25.0.3");
        Path sdk = tornadoVm("5.2.0-jdk25");
        Files.writeString(sdk.resolve("tornado-argfile.template"), "-Djava.library.path=${TORNADOVM_HOME}/lib");
        String user = "LAYERPLAN_JAVA_OPTIONS=-Xmx77m";
        Run run = run(List.of("TORNADOVM_HOME=" + sdk, user), "run", "-e", "run all", "--backend", "tornado");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Path argfile = home.toRealPath().resolve("target/launcher-tornado-5.2.0-jdk25/tornado-argfile");
        assertThat(argfile).hasContent("-Djava.library.path=" + sdk + "/lib");
        String options = "runtime/tornado/src/main/jvm/tornadovm.options";
        assertThat(LAUNCHER.resolveSibling(options)).isNotEmptyFile();
        assertThat(lastCall())
                .startsWith("@%s ".formatted(argfile))
                .containsPattern(
                        "-XX:\\S+ .*@%s .*-Xmx77m ".formatted(home.toRealPath().resolve(options)))
                .doesNotContain("-XX:+UseSerialGC")
                .doesNotContain("-XX:SharedArchiveFile=");
    }

    /// A folder with the API of a version of TornadoVM, and nothing else.
    private Path tornadoVm(String version) throws IOException {
        Path sdk = folder.resolve("sdk");
        Path jars = Files.createDirectories(sdk.resolve("share/java/tornado"));
        Files.createFile(jars.resolve("tornado-api-%s.jar".formatted(version)));
        return sdk;
    }
}
