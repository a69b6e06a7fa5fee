package holt.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BordersTest {
    @Test
    void theWorkerKnowsNoHttpAndNoTensors() {
        noClasses()
                .that()
                .resideInAPackage("holt.worker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "holt.api..", "jakarta.servlet..", "ai.djl..", "org.springframework.web..")
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("holt.worker"));
    }
}
