package holt.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be rendered as Jinja2 renders it is refused, at parse where that can be told, and never guessed. */
class TemplateRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% include 'x' %}",
                "{% extends 'x' %}",
                "{% import 'x' as y %}",
                "{% block x %}{% endblock %}",
                "{% call m() %}{% endcall %}",
                "{% with a = 1 %}{% endwith %}",
                "{% do x.append(1) %}",
                "{% autoescape true %}{% endautoescape %}",
                "{% for a in b recursive %}{% endfor %}",
                "{{ f(*x) }}",
                "{{ f(**x) }}",
                "{% if false %}{{ 1 | wordwrap }}{% endif %}",
                "{% if false %}{{ 1 is escaped }}{% endif %}"
            })
    void what_is_not_supported_is_refused_at_parse(String template) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse("ok\n" + template))
                .matches(e -> e.line() == 2)
                .withMessageStartingWith("line 2: ");
    }

    @Test
    void a_failure_names_the_line_of_its_statement() {
        ChatTemplate template =
                ChatTemplate.parse("a\n{# two\nlines #}\n{% if true %}\n\n{{ x.y }}\n{% endif %}");

        TemplateException failure =
                catchThrowableOfType(TemplateException.class, () -> template.render(Map.of()));

        assertThat(failure).hasMessage("line 6: 'x' is undefined");
        assertThat(failure.line()).isEqualTo(6);
        assertThat(failure.raisedByTemplate()).isFalse();
    }

    @Test
    void the_templates_own_refusal_is_told_apart_and_keeps_its_words() {
        ChatTemplate template =
                ChatTemplate.parse("\n{{ raise_exception('Roles must alternate') }}");

        TemplateException failure =
                catchThrowableOfType(TemplateException.class, () -> template.render(Map.of()));

        assertThat(failure).hasMessage("Roles must alternate");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.raisedByTemplate()).isTrue();
    }

    @Test
    void a_variable_of_an_unknown_kind_is_refused() {
        ChatTemplate template = ChatTemplate.parse("{{ x }}");

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> template.render(Map.of("x", List.of(Set.of(1)))))
                .withMessageContaining("java.util");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 9223372036854775807 + 1 }}",
                "{{ 9223372036854775807 * 2 }}",
                "{{ 2 ** 64 }}",
                "{{ '9223372036854775808' | int }}",
                "{{ 1e300 | int }}",
                "{{ 'a'.casefold() }}",
                "{{ '%s' % 'a' }}",
                "{{ '{}'.format(1) }}",
                "{{ range }}",
                "{{ strftime_now('%Q') }}"
            })
    void what_python_could_do_and_this_cannot_is_an_error(String template) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse(template).render(Map.of()));
    }

    @Test
    void a_number_of_any_java_type_counts_as_the_same_value() {
        Map<String, Object> variables =
                Map.of("values", List.of(1, 1L, (short) 1, 1.0, 1.0f), "map", Map.of("a", true));

        assertThat(
                        ChatTemplate.parse(
                                        "{{ values | select('eq', 1) | list | length }}{{ map.a }}")
                                .render(variables))
                .isEqualTo("5True");
    }
}
