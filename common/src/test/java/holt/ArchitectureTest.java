package holt;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** The borders inside this module. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            ArchitectureRules.mainClasses("holt.protocol", "holt.kafka", "holt.store", "holt.tls");

    @Test
    void theProtocolSeesOnlyTheJdkAndJacksonAndJSpecify() {
        classes()
                .that()
                .resideInAPackage("holt.protocol..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "holt.protocol..",
                                "java..",
                                "tools.jackson..",
                                "com.fasterxml.jackson.annotation..",
                                "org.jspecify.annotations.."))
                .check(CLASSES);
    }

    @Test
    void storeAndTlsKnowNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage("holt.store..", "holt.tls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "holt.kafka..", "org.apache.kafka..", "org.springframework.kafka..")
                .check(CLASSES);
    }

    @Test
    void kafkaKnowsNoStore() {
        noClasses()
                .that()
                .resideInAPackage("holt.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("holt.store..", "io.minio..", "okhttp3..")
                .check(CLASSES);
    }

    @Test
    void noCirclesBetweenClasses() {
        ArchitectureRules.NO_CIRCLES.check(CLASSES);
    }
}
