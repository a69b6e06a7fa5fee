package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
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

    private String prompt(String template, String text) throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        Files.writeString(model.resolve("chat_template.jinja"), template);
        try (FolderChatTokenizer tokenizer = FolderChatTokenizer.load(model, null)) {
            return tokenizer.decode(
                    tokenizer.encode(ChatInput.of(List.of(new ChatTurn("user", text)))).tokens());
        }
    }
}
