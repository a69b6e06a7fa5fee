package holt.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A downloaded template can neither hold a thread for long nor use up the memory. */
@Timeout(60)
class HostileTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{% for b in range(99999) %}xxxxxxxx{% endfor %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for a in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for a in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(l=[1]) %}{% for a in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
                "{% set ns = namespace(l=[1]) %}{% for a in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
                "{% set ns = namespace(l=[1]) %}{% for a in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}",
                "{% set ns = namespace(l=[1], m=[1]) %}{% for a in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}",
                "{{ 'x' * 9999999999 }}",
                "{{ [1] * 9999999999 }}",
                "{{ ('x' * 1000000).replace('', 'x' * 1000000) }}",
                "{{ ('x' * 1000000).replace('x', 'y' * 1000000) }}",
                "{{ (['x' * 1000000] * 1000) | join }}",
                "{{ ''.join(['x' * 1000000] * 1000) }}",
                "{{ 'x' | indent('y' * 9999999, true) | indent(999999999, true) }}",
                "{{ [1] | tojson(indent=999999999) }}",
                "{{ ('x ' * 9999999).split() }}",
                "{{ ('x' * 9999999) | list | length }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(x) %}{{ m([x]) }}{% endmacro %}{{ m(1) }}",
                "{% set ns = namespace(l=[]) %}{% for a in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
                "{% set ns = namespace(l=[]) %}{% for a in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l | tojson }}",
                "{% set ns = namespace(l=[]) %}{% for a in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l == [ns.l] }}"
            })
    void a_render_that_costs_too_much_ends_in_an_error(String template) {
        ChatTemplate parsed = ChatTemplate.parse(template);

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> parsed.render(Map.of()))
                .matches(e -> !e.raisedByTemplate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{'a':", "not ", "- ", "x if x else ", "x[", "f("})
    void deeply_nested_source_is_refused(String opening) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse("{{ " + opening.repeat(100_000)));
    }

    @Test
    void deeply_nested_tags_are_refused() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse("{% if x %}".repeat(100_000)));
    }

    @Test
    void the_deepest_render_that_is_allowed_fits_a_small_stack() throws Exception {
        // Given
        String nested = "{{ " + "(".repeat(95) + "1" + ")".repeat(95) + " }}";
        String recursive =
                "{% macro m(x) %}{% if x %}{{ [(m(x))] }}{% endif %}{% endmacro %}{{ m(1) }}";
        Throwable[] failure = new Throwable[1];
        Runnable render = () -> ChatTemplate.parse(nested + recursive).render(Map.of());

        // When
        Thread thread = new Thread(null, render, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((_, e) -> failure[0] = e);
        thread.start();
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();

        // Then
        assertThat(failure[0])
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void a_long_conversation_is_far_below_the_limit() {
        // Given
        String text = "lorem ipsum ".repeat(10_000);
        String template =
                "{% for m in range(100) %}{% set c = text | trim %}{{ '<u>' ~ c ~ '</u>' }}{% endfor %}";

        // When
        String prompt = ChatTemplate.parse(template).render(Map.of("text", text));

        // Then
        assertThat(prompt).hasSize(100 * (text.length() - 1 + 7));
    }
}
