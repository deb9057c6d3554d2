package io.layerplan.runtime.tornado;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What may see TornadoVM.
class ArchitectureTest {
    private static final String TORNADOVM = "uk.ac.manchester..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.layerplan");

    @Test
    void onlyThisModuleSeesTornadoVmAndLoweringDoesNot() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.layerplan.runtime.tornado", "io.layerplan.runtime.tornado.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TORNADOVM)
                .check(CLASSES);
    }

    @Test
    void theModuleSeesNoCompiler() {
        noClasses()
                .that()
                .resideInAPackage("io.layerplan.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.layerplan.compiler..")
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnTheModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.layerplan.runtime.tornado..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.layerplan.runtime.tornado..")
                .check(CLASSES);
    }
}
