package holt.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** The borders inside this module. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("holt.api");

    @Test
    void onlyTheQueueModelsAndLogsTalkToKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "holt.api.queue..",
                        "holt.api.models..",
                        "holt.api.keys.log..",
                        "holt.api.controls.log..",
                        "holt.api.audit.log..")
                .and()
                .doNotHaveSimpleName("ApiApplication")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "org.springframework.kafka..", "holt.kafka..")
                .check(CLASSES);
    }

    @Test
    void onlyHttpKnowsTheContainer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holt.api.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.catalina..", "org.apache.coyote..", "org.apache.tomcat..")
                .check(CLASSES);
    }

    @Test
    void nothingSeesTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("holt.engine..", "holt.worker..", "ai.djl..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("holt.api.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRootPackageDependsOnNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("holt.api")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("holt.api.*..")
                .check(CLASSES);
    }

    @Test
    void topLevelClassesFormNoCycles() {
        slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles().check(CLASSES);
    }

    /** A class with all that is nested in it. */
    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            JavaClass outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return SliceIdentifier.of(outermost.getName());
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }
}
