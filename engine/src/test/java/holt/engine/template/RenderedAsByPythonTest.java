package holt.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Every fixture that Python's jinja2 rendered, byte for byte; {@code make_template_fixtures.py} writes them. */
class RenderedAsByPythonTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-03-05T14:07:09.000042Z"), ZoneOffset.UTC);

    /** Exactly one of the three is present: the text, what {@code raise_exception} said, or the Python error's name. */
    record Outcome(String expected, String raised, String fails) {}

    record Construct(String template, String expected, String raised, String fails) {}

    record Constructs(Map<String, Object> variables, List<Construct> cases) {}

    record ModelTemplate(String name, String template, Map<String, Outcome> outcomes) {}

    record Models(Map<String, Map<String, Object>> variables, List<ModelTemplate> templates) {}

    @TestFactory
    Stream<DynamicTest> constructs_render_as_in_python() throws Exception {
        Constructs fixtures = read("constructs.json", Constructs.class);
        return fixtures.cases().stream()
                .map(c ->
                        DynamicTest.dynamicTest(
                                c.template(),
                                () ->
                                        check(
                                                c.template(),
                                                fixtures.variables(),
                                                new Outcome(c.expected(), c.raised(), c.fails()))));
    }

    @TestFactory
    Stream<DynamicTest> chat_templates_render_as_in_python() throws Exception {
        Models fixtures = read("models.json", Models.class);
        return fixtures.templates().stream()
                .flatMap(template ->
                        template.outcomes().entrySet().stream()
                                .map(outcome ->
                                        DynamicTest.dynamicTest(
                                                template.name() + ": " + outcome.getKey(),
                                                () ->
                                                        check(
                                                                template.template(),
                                                                fixtures.variables()
                                                                        .get(outcome.getKey()),
                                                                outcome.getValue()))));
    }

    private static void check(String template, Map<String, Object> variables, Outcome outcome) {
        if (outcome.expected() != null) {
            assertThat(ChatTemplate.parse(template).render(variables, CLOCK))
                    .isEqualTo(outcome.expected());
            return;
        }
        TemplateException failure =
                catchThrowableOfType(
                        TemplateException.class,
                        () -> ChatTemplate.parse(template).render(variables, CLOCK));
        assertThat(failure).isNotNull();
        assertThat(failure.line()).isPositive();
        assertThat(failure.raisedByTemplate()).isEqualTo(outcome.raised() != null);
        if (outcome.raised() != null) {
            assertThat(failure).hasMessage(outcome.raised());
        }
    }

    private static <T> T read(String name, Class<T> type) throws Exception {
        try (InputStream in = RenderedAsByPythonTest.class.getResourceAsStream(name)) {
            return JsonMapper.builder().build().readValue(in, type);
        }
    }
}
