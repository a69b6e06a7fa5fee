package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonMissing;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error that a request can provoke, as the exception that OpenAI's client for Java documents for it. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class OpenAiJavaErrorsIT {
    private static final String STORY = "Tell me a story.";

    private final StandaloneHolt holt;
    private final OpenAIClient client;

    OpenAiJavaErrorsIT(StandaloneHolt holt) {
        this.holt = holt;
        client = OpenAiJavaIT.clientOf(holt).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /**
     * @param code OpenAI's {@code error.code}
     */
    record Refused(
            String what, ChatCompletionCreateParams params, String code, @Nullable String param) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Refused> badRequests() {
        return List.of(
                invalid("temperature", chat(STORY).temperature(2.1)),
                invalid("temperature", field("temperature", "hot")),
                invalid("top_p", chat(STORY).topP(1.1)),
                invalid("max_completion_tokens", chat(STORY).maxCompletionTokens(-1)),
                invalid("max_tokens", chat(STORY).maxTokens(-1)),
                invalid("stop", chat(STORY).stopOfStrings(List.of("1", "2", "3", "4", "5"))),
                invalid("seed", field("seed", "lucky")),
                invalid("stream_options", field("stream_options", true)),
                invalid("messages", field("messages", List.of())),
                invalid("messages", field("messages", "Hello!")),
                invalid("messages[0].role", field("messages", List.of(Map.of("role", "king")))),
                invalid("messages[0].content", field("messages", List.of(Map.of("role", "user")))),
                invalid("n", chat(STORY).n(129)),
                invalid("frequency_penalty", chat(STORY).frequencyPenalty(2.1)),
                invalid("presence_penalty", chat(STORY).presencePenalty(-2.1)),
                invalid("top_logprobs", chat(STORY).topLogprobs(2)),
                invalid("logit_bias", field("logit_bias", Map.of("7", 101))),
                new Refused(
                        "a token that only the worker finds unknown",
                        field("logit_bias", Map.of("999999", 1)).build(),
                        "invalid_value",
                        "logit_bias"),
                unsupported("functions", field("functions", List.of(Map.of("name", "clock")))),
                unsupported("audio", field("audio", Map.of("voice", "alloy"))),
                unsupported("messages[0].content[1]", seeing("https://a.example/b.png")),
                new Refused(
                        "a schema that is not supported",
                        field("guided_json", Map.of("type", "object", "minProperties", 1)).build(),
                        "invalid_value",
                        "guided_json"),
                new Refused(
                        "a prompt that only the tokenizer finds too long",
                        chat("word ".repeat(1100)).build(),
                        "context_length_exceeded",
                        "messages"),
                new Refused(
                        "a prompt that is too long at sight",
                        chat("word ".repeat(40_000)).build(),
                        "context_length_exceeded",
                        "messages"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestNamesItsField(Refused refused) {
        BadRequestException e =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().create(refused.params));

        check(e, 400, refused.code, refused.param);
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aStreamThatCannotStartIsRefusedInTheSameWay(Refused refused) {
        BadRequestException e =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.chat().completions().createStreaming(refused.params));

        check(e, 400, refused.code, refused.param);
    }

    @Test
    void anUnknownModelIsNotFound() {
        ChatCompletionCreateParams params = chat(STORY).model("no-such-model").build();

        notFound("model_not_found", "model", () -> client.chat().completions().create(params));
        notFound(
                "model_not_found",
                "model",
                () -> client.chat().completions().createStreaming(params));
        notFound("model_not_found", "model", () -> client.models().retrieve("no-such-model"));
    }

    @Test
    void anEndpointThatIsNotBuiltIsNotFound() {
        var params = ModerationCreateParams.builder().input(STORY).build();

        notFound("not_found", null, () -> client.moderations().create(params));
    }

    @Test
    void aMethodThatIsNotBuiltIsNotAllowed() {
        unexpected(
                405,
                "method_not_allowed",
                null,
                () -> client.models().delete(StandaloneHolt.MODEL));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhileItIsSent() {
        ChatCompletionCreateParams params = chat("x".repeat(26 * 1024 * 1024)).build();

        unexpected(
                413, "payload_too_large", null, () -> client.chat().completions().create(params));
    }

    @Test
    void anotherMediaTypeIsRefused() {
        unexpected(415, "unsupported_media_type", null, () -> send("{}", "text/plain"));
    }

    @Test
    void malformedJsonIsABadRequest() {
        BadRequestException e =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> send("{\"model\":", "application/json; charset=utf-8"));

        check(e, 400, "malformed_json", null);
    }

    private static void notFound(String code, @Nullable String param, ThrowingCallable call) {
        check(catchThrowableOfType(NotFoundException.class, call), 404, code, param);
    }

    private static void unexpected(
            int status, String code, @Nullable String param, ThrowingCallable call) {
        check(catchThrowableOfType(UnexpectedStatusCodeException.class, call), status, code, param);
    }

    static void check(OpenAIServiceException e, int status, String code, @Nullable String param) {
        assertThat(e).isNotNull();
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.code()).contains(code);
        assertThat(e.param().orElse(null)).isEqualTo(param);
        assertThat(e.type()).contains("invalid_request_error");
        assertThat(e.getMessage()).startsWith(status + ": ").hasSizeGreaterThan(12);
        assertThat(e.headers().values("x-request-id")).hasSize(1);
    }

    private static Refused invalid(String param, ChatCompletionCreateParams.Builder params) {
        return new Refused("invalid " + param, params.build(), "invalid_value", param);
    }

    private static Refused unsupported(String param, ChatCompletionCreateParams.Builder params) {
        return new Refused("unsupported " + param, params.build(), "unsupported_parameter", param);
    }

    private static ChatCompletionCreateParams.Builder chat(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(StandaloneHolt.MODEL)
                .addUserMessage(prompt);
    }

    private static ChatCompletionCreateParams.Builder seeing(String picture) {
        return ChatCompletionCreateParams.builder()
                .model(StandaloneHolt.MODEL)
                .addUserMessageOfArrayOfContentParts(
                        List.of(
                                ChatCompletionContentPart.ofText(
                                        ChatCompletionContentPartText.builder()
                                                .text(STORY)
                                                .build()),
                                ChatCompletionContentPart.ofImageUrl(
                                        ChatCompletionContentPartImage.builder()
                                                .imageUrl(
                                                        ChatCompletionContentPartImage.ImageUrl
                                                                .builder()
                                                                .url(picture)
                                                                .build())
                                                .build())));
    }

    /** A field that the client's types would not let pass. */
    private static ChatCompletionCreateParams.Builder field(String name, Object value) {
        var params =
                ChatCompletionCreateParams.builder()
                        .model(StandaloneHolt.MODEL)
                        .putAdditionalBodyProperty(name, JsonValue.from(value));
        return name.equals("messages")
                ? params.messages(JsonMissing.of())
                : params.addUserMessage(STORY);
    }

    /** Sends these bytes in place of the client's. */
    private void send(String body, String contentType) {
        RequestBody bytes = RequestBody.create(body, MediaType.get(contentType));
        OpenAIClient other =
                OpenAiJavaIT.clientOf(holt)
                        .addInterceptor(chain ->
                                chain.proceed(chain.request().newBuilder().post(bytes).build()))
                        .build();
        try {
            other.chat().completions().create(chat(STORY).build());
        } finally {
            other.close();
        }
    }
}
