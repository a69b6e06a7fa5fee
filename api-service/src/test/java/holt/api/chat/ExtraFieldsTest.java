package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.http.Json;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtraFieldsTest {
    @Test
    @DisplayName("R168: fields that Holt does not know go to an engine that takes them")
    void unknownFieldsArePassedOn() {
        Task.Chat chat = parse("m", ",\"min_tokens\":5,\"a\":{\"b\":[1]},\"none\":null");

        assertThat(chat.extraFields())
                .isEqualTo(Map.of("min_tokens", 5, "a", Map.of("b", List.of(1))));
        assertThat(chat.version()).isEqualTo(2);
    }

    @Test
    @DisplayName("R168: other models ignore them")
    void otherModelsIgnoreThem() {
        Task.Chat chat = parse("ORG/NAME", ",\"min_tokens\":5");

        assertThat(chat.extraFields()).isNull();
        assertThat(chat.version()).isEqualTo(1);
    }

    @Test
    @DisplayName("R168: fields that work against Holt are left out")
    void fieldsThatHoltOwnsAreLeftOut() {
        assertThat(
                        parse(
                                        "m",
                                        ",\"priority\":-9,\"request_id\":\"a\",\"kv_transfer_params\":{\"remote_host\":\"h\"},"
                                                + "\"grammar\":\"root ::= a\"")
                                .extraFields())
                .isNull();
    }

    @Test
    @DisplayName("R168: their number and their size are bounded")
    void theyAreBounded() {
        String many =
                IntStream.rangeClosed(0, ExtraFields.MOST)
                        .mapToObj(number -> ",\"f%02d\":1".formatted(number))
                        .collect(Collectors.joining());
        String large = ",\"f\":\"" + "x".repeat(ExtraFields.MOST_BYTES) + "\"";

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> parse("m", many))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("f64"));
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> parse("m", large))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("f"));
    }

    private static Task.Chat parse(String model, String fields) {
        String body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}"
                        .formatted(model, fields);
        return TestChats.of(new TestCatalog())
                .parse(Json.MAPPER.readValue(body, ChatRequest.class), Caller.ANYBODY)
                .task();
    }
}
