package holt.worker;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import holt.protocol.JobEvent;
import holt.worker.settle.SettleJob;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("holt.worker");

    @Test
    void theWorkerKnowsNoHttpAndNoTensors() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "holt.api..", "jakarta.servlet..", "ai.djl..", "org.springframework.web..")
                .check(CLASSES);
    }

    @Test
    void theRoomsDependOnEachOtherInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("life")
                .definedBy("holt.worker")
                .layer("claim")
                .definedBy("holt.worker.claim")
                .layer("run")
                .definedBy("holt.worker.run")
                .layer("settle")
                .definedBy("holt.worker.settle")
                .layer("report")
                .definedBy("holt.worker.report")
                .layer("metrics")
                .definedBy("holt.worker.metrics")
                .layer("models")
                .definedBy("holt.worker.models")
                .layer("remote")
                .definedBy("holt.worker.remote..")
                .whereLayer("life")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("claim")
                .mayOnlyBeAccessedByLayers("life")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("life", "claim")
                .whereLayer("settle")
                .mayOnlyBeAccessedByLayers("life", "claim")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("life", "claim", "settle")
                .layer("management")
                .definedBy("holt.worker.management")
                .whereLayer("management")
                .mayOnlyBeAccessedByLayers("life")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("life", "claim")
                .whereLayer("models")
                .mayOnlyBeAccessedByLayers("life", "claim", "settle", "run", "remote")
                .whereLayer("remote")
                .mayOnlyBeAccessedByLayers("life")
                .check(CLASSES);
    }

    @Test
    void noTwoClassesUseEachOther() {
        slices().assignedFrom(new OutermostClass()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlySettleJobEndsAJob() {
        classes()
                .that()
                .belongToAnyOf(SettleJob.class)
                .should()
                .callConstructorWhere(target(owner(type(JobEvent.Finished.class))))
                .check(CLASSES);
        noClasses()
                .that()
                .doNotBelongToAnyOf(SettleJob.class)
                .should()
                .callConstructorWhere(target(owner(type(JobEvent.Finished.class))))
                .check(CLASSES);
    }

    /** A class with all that is nested in it. */
    private static final class OutermostClass implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            JavaClass outer = javaClass;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return outer.getPackageName().startsWith("holt.worker")
                    ? SliceIdentifier.of(outer.getFullName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "outermost classes";
        }
    }
}
