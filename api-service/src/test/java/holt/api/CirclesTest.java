package holt.api;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** No top-level class uses another one that uses it in turn, directly or over others. */
class CirclesTest {
    @Test
    void topLevelClassesOutsideOfQueueAndJobsFormNoCircles() {
        slices().assignedFrom(new TopLevelClasses())
                .should()
                .beFreeOfCycles()
                .check(
                        new ClassFileImporter()
                                .withImportOption(place -> !place.contains("/test-classes/"))
                                .importPackages("holt.api"));
    }

    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName();
            return name.startsWith("holt.api.queue.") || name.startsWith("holt.api.jobs.")
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name.replaceFirst("\\$.*", ""));
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }
}
