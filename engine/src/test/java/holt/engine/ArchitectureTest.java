package holt.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("holt.engine");

    @Test
    void theEngineKnowsNoProtocolKafkaSpringOrObjectStorage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.apache.kafka..",
                        "io.minio..",
                        "holt.protocol..",
                        "holt.kafka..",
                        "holt.store..",
                        "holt.worker..",
                        "holt.api..")
                .check(classes);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("holt.engine.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void schedulersTouchNoTensors() {
        noClasses()
                .that()
                .haveSimpleName("Scheduler")
                .or()
                .haveSimpleName("ImageScheduler")
                .or()
                .resideInAPackage("holt.engine.diffusion.noise..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "holt.engine.torch..", "holt.engine.decoder..")
                .check(classes);
    }

    @Test
    void picturesAreArraysAndNotTensors() {
        noClasses()
                .that()
                .resideInAPackage("holt.engine.image..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..")
                .check(classes);
    }
}
