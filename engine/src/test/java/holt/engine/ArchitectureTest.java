package holt.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import holt.engine.decoder.Slot;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
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
        slices().assignedFrom(slicesBy(JavaClass::getPackageName))
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void topLevelClassesFormNoCycles() {
        slices().assignedFrom(slicesBy(ArchitectureTest::outermost))
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void schedulersTouchNoTensors() {
        noClasses()
                .that()
                .resideInAPackage("holt.engine.text.scheduling..")
                .or()
                .haveSimpleName("ImageScheduler")
                .or()
                .resideInAPackage("holt.engine.diffusion.noise..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "ai.djl..", "holt.engine.torch..", "holt.engine.decoder..")
                                .and(not(equivalentTo(Slot.class))))
                .check(classes);
    }

    @Test
    void djlStaysBehindTheNetworksAndTheTokenizer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "holt.engine.torch",
                        "holt.engine.decoder",
                        "holt.engine.encoder",
                        "holt.engine.diffusion",
                        "holt.engine.tokenizer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(classes);
    }

    private static SliceAssignment slicesBy(Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(name.apply(javaClass));
            }

            @Override
            public String getDescription() {
                return "classes of the engine";
            }
        };
    }

    private static String outermost(JavaClass javaClass) {
        return javaClass
                .getEnclosingClass()
                .map(ArchitectureTest::outermost)
                .orElse(javaClass.getName());
    }
}
