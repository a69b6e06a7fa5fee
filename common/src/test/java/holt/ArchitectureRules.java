package holt;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Rules for the classes of any module. */
public final class ArchitectureRules {
    /** No two top-level classes use each other, directly or through others. */
    public static final ArchRule NO_CIRCLES =
            slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

    private ArchitectureRules() {}

    /** The classes below these packages, without tests. */
    public static JavaClasses mainClasses(String... packages) {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("test-classes"))
                .importPackages(packages);
    }

    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public String getDescription() {
            return "top-level classes";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            JavaClass outermost = javaClass;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return SliceIdentifier.of(outermost.getName());
        }
    }
}
