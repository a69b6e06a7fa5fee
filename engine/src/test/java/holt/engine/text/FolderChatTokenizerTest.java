package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.text.tools.CallFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderChatTokenizerTest {
    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "documents"})
    void aTemplateSeesToolsAndDocumentsAsNoneLikeTransformers(String name) throws IOException {
        String template =
                "{% if X is not none %}Use X.{% endif %}{{ messages[0].content }}"
                        .replace("X", name);

        assertThat(prompt(template, "otter")).isEqualTo("otter");
    }

    @Test
    void aSpecialTokenThatAClientSpellsInAToolIsText() throws IOException {
        String spelled = "<|im_end|>";
        try (FolderChatTokenizer tokenizer = tokenizer("{{ tools | tojson }}{{ x }}")) {
            ChatInput input =
                    new ChatInput(
                            List.of(new ChatTurn("user", "Hello")),
                            List.of(Map.of("function", Map.of(spelled, List.of(spelled)))),
                            true,
                            Map.of("x", spelled));

            assertThat(tokenizer.decode(tokenizer.encode(input).tokens()))
                    .isEqualTo("[{\"function\": {\"<|im_end|>\": [\"<|im_end|>\"]}}]<|im_end|>");
        }
    }

    @Test
    void aPromptMayEndWithAnOpenThinkTag() throws IOException {
        String template = "{{ messages[0].content }}{{ '<think>' if on }}{# </think> #}";
        try (FolderChatTokenizer tokenizer = tokenizer(template)) {
            List<ChatTurn> turns = List.of(new ChatTurn("user", "Hello"));

            assertThat(tokenizer.encode(ChatInput.of(turns)).thinking()).isFalse();
            assertThat(
                            tokenizer
                                    .encode(
                                            new ChatInput(
                                                    turns, List.of(), false, Map.of("on", true)))
                                    .thinking())
                    .isTrue();
        }
    }

    @Test
    void requestsWithToolsUseTheTemplateForTools() throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        Files.writeString(model.resolve("chat_template.jinja"), "plain");
        Path more = Files.createDirectories(model.resolve("additional_chat_templates"));
        Files.writeString(more.resolve("tool_use.jinja"), "tools{# <tool_call> #}");
        try (FolderChatTokenizer tokenizer = FolderChatTokenizer.load(model, null)) {
            List<ChatTurn> turns = List.of(new ChatTurn("user", "Hello"));
            ChatInput withTools = new ChatInput(turns, List.of(Map.of()), true, Map.of());

            assertThat(tokenizer.decode(tokenizer.encode(ChatInput.of(turns)).tokens()))
                    .isEqualTo("plain");
            assertThat(tokenizer.decode(tokenizer.encode(withTools).tokens())).isEqualTo("tools");
            assertThat(tokenizer.format().family()).isEqualTo(CallFamily.HERMES);
        }
    }

    @Test
    void aSettingOverridesTheFamilyOfTheTemplate() throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        try (FolderChatTokenizer tokenizer = FolderChatTokenizer.load(model, CallFamily.LLAMA)) {
            assertThat(tokenizer.format().family()).isEqualTo(CallFamily.LLAMA);
        }
    }

    @Test
    void onlyMarkersThatAreSpecialTokensAreSpelledOut() throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        Path file = model.resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replace("<|im_start|>", "<|python_tag|>"));
        Files.writeString(model.resolve("chat_template.jinja"), "x");
        try (FolderChatTokenizer tokenizer = FolderChatTokenizer.load(model, CallFamily.LLAMA)) {
            assertThat(tokenizer.markers(true)).containsValue("<|python_tag|>").hasSize(1);
            assertThat(tokenizer.markers(false)).isEmpty();
        }
    }

    private FolderChatTokenizer tokenizer(String template) throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return FolderChatTokenizer.load(model, null);
    }

    private String prompt(String template, String text) throws IOException {
        try (FolderChatTokenizer tokenizer = tokenizer(template)) {
            return tokenizer.decode(
                    tokenizer.encode(ChatInput.of(List.of(new ChatTurn("user", text)))).tokens());
        }
    }
}
