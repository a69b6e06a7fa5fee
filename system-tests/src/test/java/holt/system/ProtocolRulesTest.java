package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule of docs/protocol.md names a test: its {@code @DisplayName} begins with the number, as in {@code R<number>: ...}. */
class ProtocolRulesTest {
    private static final Path ROOT = Path.of("..");

    /** A rule begins with its bold number. */
    private static final Pattern RULE =
            Pattern.compile("^\\s*- \\*\\*R(\\d+)\\*\\*", Pattern.MULTILINE);

    /** The name, any further annotations, and the method. */
    private static final Pattern NAMED_TEST =
            Pattern.compile(
                    "@DisplayName\\(\\s*\"R(\\d+): (?:(?!@DisplayName|\\bclass\\b).)*?(?:void|DynamicTest>) \\w+\\(",
                    Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\"R(\\d+): ");

    /** An instruction to operators, which no test can hold. */
    private static final Set<Integer> UNTESTABLE = Set.of(89);

    @Test
    void everyRuleIsTheNameOfATest() throws IOException {
        Set<Integer> untested = rules();
        untested.removeAll(numbers(NAMED_TEST));
        untested.removeAll(UNTESTABLE);

        assertThat(untested).as("rules of docs/protocol.md without a test").isEmpty();
    }

    @Test
    void everyTestNamesARuleThatExists() throws IOException {
        Set<Integer> unknown = numbers(NAME);
        unknown.removeAll(rules());

        assertThat(unknown).as("rules that only tests name").isEmpty();
    }

    private static Set<Integer> rules() throws IOException {
        Set<Integer> rules = numbers(RULE, Files.readString(ROOT.resolve("docs/protocol.md")));
        assertThat(rules).as("rules of docs/protocol.md").isNotEmpty();
        return rules;
    }

    private static Set<Integer> numbers(Pattern pattern) throws IOException {
        var numbers = new TreeSet<Integer>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests :
                    modules.map(it -> it.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                        numbers.addAll(numbers(pattern, Files.readString(file)));
                    }
                }
            }
        }
        return numbers;
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
