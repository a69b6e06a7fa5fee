package holt.grammar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importPackages("holt.grammar");

    @Test
    void grammarsNeedNothingButJson() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("holt.grammar..", "java..", "tools.jackson..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void packagesAndClassesFormNoCycles() {
        slices().assignedFrom(slicesBy(JavaClass::getPackageName))
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().assignedFrom(slicesBy(type -> type.getName().replaceAll("\\$.*", "")))
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    private static SliceAssignment slicesBy(Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(name.apply(type));
            }

            @Override
            public String getDescription() {
                return "packages or classes";
            }
        };
    }
}
