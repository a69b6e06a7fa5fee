package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests with tools for templates that know none. */
class PlainToolsTest {
    private static final String CHATML =
            "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>";
    private static final String STRICT =
            "{% for m in messages %}"
                    + "{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('no') }}{% endif %}"
                    + "<{{ m.role }}>{{ m.content }}{% endfor %}";
    private static final ChatTurn SYSTEM = new ChatTurn("system", "Be brief.");
    private static final ChatTurn USER = new ChatTurn("user", "Weather?");
    private static final List<ChatTurn> CALLED =
            List.of(
                    USER,
                    new ChatTurn(
                            "assistant",
                            null,
                            null,
                            List.of(
                                    new ToolCall("1", "a", "{\"x\": 1}"),
                                    new ToolCall("2", "b", "")),
                            null,
                            null),
                    new ChatTurn("tool", "one", null, List.of(), "1", "a"),
                    new ChatTurn("tool", "two", null, List.of(), "2", null));

    @Test
    void theSystemTurnListsTheToolsAndTheFormatOfACall() {
        assertThat(prompt(CHATML, true, SYSTEM, USER))
                .isEqualTo(
                        """
                        <system>Be brief.

                        You can call these functions:
                        {"name":"a","description":"Does a."}

                        To call functions, answer only with one JSON object for each call:
                        {"name": "<name of the function>", "arguments": {"<name of an argument>": <its value>}}
                        Otherwise answer in plain text.<user>Weather?<assistant>\
                        """);
        assertThat(prompt(CHATML, true, USER)).startsWith("<system>You can call these functions:");
    }

    @Test
    void withoutASystemTurnTheFirstQuestionHasThem() {
        assertThat(prompt(STRICT, true, USER))
                .startsWith("<user>You can call these functions:")
                .endsWith("Otherwise answer in plain text.\n\nWeather?");
    }

    @Test
    void callsAndResultsAreTurnsOfTheAssistantAndTheUser() {
        String expected =
                """
                <user>Weather?<assistant>{"name": "a", "arguments": {"x": 1}}
                {"name": "b", "arguments": {}}<user>Result of a:
                one

                Result:
                two\
                """;

        assertThat(prompt(CHATML, false, CALLED.toArray(ChatTurn[]::new)))
                .isEqualTo(expected + "<assistant>");
        assertThat(prompt(STRICT, false, CALLED.toArray(ChatTurn[]::new))).isEqualTo(expected);
    }

    @Test
    void aRequestThatMustNotCallHasNoInstruction() {
        assertThat(prompt(CHATML, false, SYSTEM, USER))
                .isEqualTo("<system>Be brief.<user>Weather?<assistant>");
    }

    @Test
    void aDeveloperIsTheSystem() {
        assertThat(prompt(CHATML, false, new ChatTurn("developer", "x")))
                .isEqualTo("<system>x<assistant>");
        assertThat(
                        prompt(
                                CHATML + "{% if messages[0].role == 'developer' %}!{% endif %}",
                                false,
                                new ChatTurn("developer", "x")))
                .isEqualTo("<developer>x<assistant>!");
    }

    @Test
    void idsFitATemplateThatWantsThemShort() {
        String template =
                CHATML
                        + "{% for m in messages if m.tool_calls %}{% for c in m.tool_calls %}"
                        + "{% if c.id | length != 9 %}{{ raise_exception('length') }}{% endif %}{{ c.id }}"
                        + "{% endfor %}{% endfor %}{% if tools %}{{ tools }}{% endif %}";
        ChatTurn call =
                new ChatTurn(
                        "assistant",
                        "",
                        null,
                        List.of(new ToolCall("call_0123456789", "a", "")),
                        null,
                        null);

        assertThat(prompt(template, false, USER, call)).contains("<assistant>123456789");
        assertThat(CallIds.shorten("abcdef123")).isEqualTo("abcdef123");
        assertThat(CallIds.shorten("a-1")).isEqualTo("0000000a1");
    }

    @Test
    void templateArgumentsNeverReplaceTheMessages() {
        Map<String, @Nullable Object> arguments =
                Map.of("messages", List.of(), "tools", List.of(), "extra", "x");
        ChatInput input = new ChatInput(List.of(USER), List.of(), false, arguments);

        assertThat(render(CHATML + "{{ extra }}{{ tools is none }}", input))
                .isEqualTo("<user>Weather?<assistant>xTrue");
    }

    private static String prompt(String template, boolean mayCall, ChatTurn... turns) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", "a");
        function.put("description", "Does a.");
        return render(
                template,
                new ChatInput(
                        List.of(turns),
                        List.of(Map.of("type", "function", "function", function)),
                        mayCall,
                        Map.of()));
    }

    private static String render(String source, ChatInput input) {
        RenderChat template = new RenderChat(source, Map.of());
        return template.render(template.values(input));
    }
}
