package io.layerplan.repository;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.layerplan.runtime.cpu.pass.LaunchListener;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The directions of ARCHITECTURE.md: who may see whom, and that the packages are free of cycles.
final class ArchitectureTest {
    private static final String RUNTIME = "io.layerplan.runtime..";
    private static final String COMPILER = "io.layerplan.compiler..";
    private static final String GRAMMAR = "io.layerplan.grammar..";
    private static final String SYNTAX = "io.layerplan.compiler.syntax..";
    private static final String COMMAND_LINE = "io.layerplan.compiler.cli..";
    private static final String PROCESSOR = "io.layerplan.runtime.cpu..";
    private static final String VECTOR_KERNELS = "io.layerplan.runtime.kernel.vector..";

    private static final JavaClasses LAYERPLAN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The runtime's tests come as a jar once it is packaged.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.layerplan");

    @Test
    void theClassesOfAllModulesAreChecked() {
        assertThat(LAYERPLAN.that(resideInAPackage(RUNTIME))).hasSizeGreaterThan(90);
        assertThat(LAYERPLAN.that(resideInAPackage(COMPILER))).hasSizeGreaterThan(90);
        assertThat(LAYERPLAN.that(resideInAPackage(GRAMMAR))).hasSizeGreaterThan(10);
    }

    @Test
    void theRuntimeSeesNeitherTheCompilerNorItsLibraries() {
        check(noClasses()
                .that()
                .resideInAPackage(RUNTIME)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMPILER, GRAMMAR, "org.antlr..", "picocli..", "com.fasterxml.."));
    }

    @Test
    void onlyTheSyntaxPackageSeesAntlr() {
        check(noClasses()
                .that(not(resideInAnyPackage(SYNTAX, GRAMMAR)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", GRAMMAR));
    }

    @Test
    void onlyTheCommandLineSeesPicocli() {
        check(noClasses()
                .that(not(resideInAPackage(COMMAND_LINE)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli.."));
    }

    @Test
    void nothingDependsOnTheCommandLine() {
        check(noClasses()
                .that(not(resideInAPackage(COMMAND_LINE)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMAND_LINE));
    }

    @Test
    void onlyTheVectorKernelsSeeTheVectorApi() {
        check(noClasses()
                .that(not(resideInAPackage(VECTOR_KERNELS)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector.."));
    }

    /// Classes of these three are public for each other. A listener to launches is for who measures an executor, and
    /// what is known of the machine is for all.
    @Test
    void onlyTheProcessorsExecutorSeesItsRooms() {
        check(noClasses()
                .that(not(resideInAPackage(PROCESSOR)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.layerplan.runtime.cpu.pass..",
                                "io.layerplan.runtime.cpu.job..",
                                "io.layerplan.runtime.cpu.weight..")
                        .and(not(equivalentTo(LaunchListener.class)))));
    }

    @Test
    void thePackagesAreFreeOfCycles() {
        check(slices().matching("io.layerplan.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        List<JavaPackage> packages = LAYERPLAN.that(not(resideInAPackage(GRAMMAR))).stream()
                .map(type -> type.getPackage())
                .distinct()
                .toList();
        assertThat(packages).hasSizeGreaterThan(12);
        assertThat(packages)
                .filteredOn(each -> !each.isAnnotatedWith(NullMarked.class))
                .as("packages whose package-info.java lacks @NullMarked")
                .isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(LAYERPLAN);
    }
}
