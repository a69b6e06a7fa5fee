package holt.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VocabularyTest {
    @Test
    void aByteLevelPieceReadsAsItsBytes() {
        Vocabulary vocabulary =
                vocabulary(
                        """
                        {"model": {"vocab": {"\u0120Hi": 0, "\u00f0\u0141": 1, "\u00e4\u00b8\u0138": 2}},
                         "decoder": {"type": "ByteLevel"}, "added_tokens": []}\
                        """);

        assertThat(vocabulary.text(0)).isEqualTo(new TokenText(" Hi", List.of(32, 72, 105)));
        assertThat(vocabulary.text(1)).isEqualTo(new TokenText("\ufffd", List.of(0xF0, 0x9F)));
        assertThat(vocabulary.text(2))
                .isEqualTo(new TokenText("\u4e16", List.of(0xE4, 0xB8, 0x96)));
        assertThat(vocabulary.longestBytes()).isEqualTo(3);
    }

    @Test
    void aSentencePieceReadsWithItsSpaceAndASpelledByteIsOne() {
        Vocabulary vocabulary =
                vocabulary(
                        """
                        {"model": {"vocab": [["\u2581Hi", 0], ["<0xE4>", 0], ["\u4e16", 0]]},
                         "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}]}}\
                        """);

        assertThat(vocabulary.text(0)).isEqualTo(new TokenText(" Hi", List.of(32, 72, 105)));
        assertThat(vocabulary.text(1)).isEqualTo(new TokenText("\ufffd", List.of(0xE4)));
        assertThat(vocabulary.text(2))
                .isEqualTo(new TokenText("\u4e16", List.of(0xE4, 0xB8, 0x96)));
    }

    @Test
    void aSpecialTokenIsNoTextAndAnotherAddedOneIs() {
        Vocabulary vocabulary =
                vocabulary(
                        """
                        {"model": {"vocab": {"a": 0, "<end>": 1}}, "decoder": {"type": "ByteLevel"},
                         "added_tokens": [{"id": 1, "content": "<end>", "special": true},
                                          {"id": 2, "content": "\u4e16", "special": false}]}\
                        """);

        assertThat(vocabulary.text(1)).isEqualTo(new TokenText("<end>", null));
        assertThat(vocabulary.text(2))
                .isEqualTo(new TokenText("\u4e16", List.of(0xE4, 0xB8, 0x96)));
        assertThat(vocabulary.text(3)).isEqualTo(new TokenText("", List.of()));
        assertThat(vocabulary.longestBytes()).isEqualTo(5);
    }

    private static Vocabulary vocabulary(String json) {
        return new Vocabulary(new JsonMapper().readTree(json));
    }
}
