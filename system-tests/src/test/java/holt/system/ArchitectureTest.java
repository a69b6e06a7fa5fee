package holt.system;

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
            new ClassFileImporter().importPackages("holt.system");

    @Test
    void theRigKnowsNoTests() {
        noClasses()
                .that()
                .resideInAPackage("holt.system.rig..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "holt.system",
                        "holt.system.clients..",
                        "holt.system.cluster..",
                        "holt.system.console..",
                        "holt.system.engines..",
                        "holt.system.faults..",
                        "holt.system.soak..")
                .check(CLASSES);
    }

    @Test
    void thePackagesOfTheRigFormNoCircle() {
        slices().matching("holt.system.(rig..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void classesFormNoCircle() {
        slices().assignedFrom(new OutermostClasses()).should().beFreeOfCycles().check(CLASSES);
    }

    private static final class OutermostClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("holt.system")
                    ? SliceIdentifier.of(type.getFullName().replaceAll("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "outermost classes";
        }
    }
}
