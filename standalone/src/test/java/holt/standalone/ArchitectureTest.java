package holt.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import holt.ArchitectureRules;
import org.junit.jupiter.api.Test;

/** The borders inside this module. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.mainClasses("holt.standalone");

    @Test
    void noCirclesBetweenClasses() {
        ArchitectureRules.NO_CIRCLES.check(CLASSES);
    }

    @Test
    void hubAndClientKnowNeitherKafkaNorSpringNorTheRestOfHolt() {
        noClasses()
                .that()
                .resideInAnyPackage("holt.standalone.hub..", "holt.standalone.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "kafka..",
                        "org.springframework..",
                        "picocli..",
                        "holt.standalone.cli..",
                        "holt.standalone.embedded..",
                        "holt.api..",
                        "holt.worker..",
                        "holt.engine..",
                        "holt.kafka..",
                        "holt.store..")
                .check(CLASSES);
    }

    @Test
    void onlyEmbeddedKnowsTheServersOfKafkaAndS3() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holt.standalone.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka..", "org.gaul..")
                .check(CLASSES);
    }

    @Test
    void embeddedKnowsNoServiceAndNoCommand() {
        noClasses()
                .that()
                .resideInAPackage("holt.standalone.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "holt.standalone.cli..",
                        "holt.api..",
                        "holt.worker..",
                        "org.springframework..",
                        "picocli..")
                .check(CLASSES);
    }
}
