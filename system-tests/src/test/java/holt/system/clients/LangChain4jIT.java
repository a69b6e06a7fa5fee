package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import dev.langchain4j.model.output.FinishReason;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's own client for OpenAI's interface, which no OpenAI SDK is part of. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class LangChain4jIT {
    private static final String STORY = "Tell me a story.";

    private final StandaloneHolt holt;

    LangChain4jIT(StandaloneHolt holt) {
        this.holt = holt;
    }

    @Test
    void aChatIsAnswered() {
        ChatResponse answer = ask(model().temperature(0.0));

        assertThat(answer.aiMessage().text()).isNotBlank();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.modelName()).isEqualTo(StandaloneHolt.MODEL);
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.tokenUsage().inputTokenCount()).isPositive();
        assertThat(answer.tokenUsage().totalTokenCount())
                .isEqualTo(
                        answer.tokenUsage().inputTokenCount()
                                + answer.tokenUsage().outputTokenCount());
    }

    @Test
    void aStreamSaysTheSameAsAWholeAnswerAndEndsWithItsUsage() {
        ChatResponse whole = ask(model().temperature(0.0));

        var listener = new StreamListener();
        ChatResponse streamed = stream(streaming().temperature(0.0), listener);

        assertThat(streamed.aiMessage().text()).isEqualTo(whole.aiMessage().text());
        assertThat(String.join("", listener.texts())).isEqualTo(whole.aiMessage().text());
        assertThat(listener.texts()).hasSizeGreaterThan(10);
        assertThat(streamed.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(streamed.tokenUsage().inputTokenCount())
                .isEqualTo(whole.tokenUsage().inputTokenCount());
        assertThat(streamed.tokenUsage().outputTokenCount())
                .isEqualTo(whole.tokenUsage().outputTokenCount());
    }

    @Test
    void aTextBecomesAVector() {
        var model =
                OpenAiEmbeddingModel.builder()
                        .baseUrl(holt.baseUrl())
                        .apiKey("any")
                        .modelName(StandaloneHolt.EMBEDDER)
                        .build();

        var answer = model.embed("An otter swims.");

        assertThat(answer.content().vector()).hasSize(32);
        assertThat(answer.tokenUsage().inputTokenCount()).isGreaterThan(2);
    }

    @Test
    void modelsAreListed() {
        var catalog = OpenAiModelCatalog.builder().baseUrl(holt.baseUrl()).apiKey("any").build();

        assertThat(catalog.listModels())
                .extracting(ModelDescription::name)
                .containsExactlyInAnyOrderElementsOf(StandaloneHolt.MODELS);
    }

    @Test
    void aSeedRepeatsAnAnswer() {
        String first = ask(model().temperature(1.5).seed(7)).aiMessage().text();

        assertThat(ask(model().temperature(1.5).seed(7)).aiMessage().text()).isEqualTo(first);
        assertThat(ask(model().temperature(1.5).seed(8)).aiMessage().text()).isNotEqualTo(first);
    }

    @Test
    void temperatureZeroSaysTheSameWhateverTheSeed() {
        assertThat(ask(model().temperature(0.0).seed(1)).aiMessage())
                .isEqualTo(ask(model().temperature(0.0).seed(2)).aiMessage());
    }

    @Test
    void theTokenLimitEndsAnAnswerWithLength() {
        ChatResponse answer = ask(model().temperature(0.0).maxTokens(5));

        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    @Test
    void aStopEndsAnAnswerBeforeIt() {
        String whole = ask(model().temperature(0.0)).aiMessage().text();
        String stop = whole.substring(10, 13);

        ChatResponse answer = ask(model().temperature(0.0).stop(List.of("never said", stop)));

        assertThat(answer.aiMessage().text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void cancellingAStreamCancelsItsJob() throws InterruptedException {
        var listener = StreamListener.cancellingAfter(3);
        streaming().modelName(EndlessModel.NAME).build().chat(request(), listener);

        assertThat(holt.nextEndOfEndless().outcome()).isEqualTo(new Outcome.Cancelled());
        assertThat(listener.texts()).hasSize(3);
    }

    @Test
    void anUnknownModelIsNotFound() {
        var e =
                catchThrowableOfType(
                        ModelNotFoundException.class,
                        () -> ask(model().modelName("no-such-model")));

        check(e, 404, "model_not_found", "model");
        check(
                refusal(streaming().modelName("no-such-model"), ModelNotFoundException.class),
                404,
                "model_not_found",
                "model");
    }

    @Test
    void anAnswerIsAJsonObjectOnRequest() {
        assertThat(model().responseFormat("json_object").build().chat("Who?"))
                .startsWith("{")
                .endsWith("}");
    }

    @Test
    void aBadValueIsAnInvalidRequest() {
        check(invalid(model().temperature(2.1)), 400, "invalid_value", "temperature");
        check(
                refusal(streaming().frequencyPenalty(2.1), InvalidRequestException.class),
                400,
                "invalid_value",
                "frequency_penalty");
    }

    @Test
    void aPromptThatIsTooLongIsAnInvalidRequest() {
        var e =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> model().build().chat("word ".repeat(1100)));

        check(e, 400, "context_length_exceeded", "messages");
    }

    @Test
    void aBodyThatIsTooLargeIsAnInvalidRequest() {
        var e =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> model().build().chat("x".repeat(26 * 1024 * 1024)));

        check(e, 413, "payload_too_large", null);
    }

    private LangChain4jException invalid(OpenAiChatModelBuilder model) {
        return catchThrowableOfType(InvalidRequestException.class, () -> ask(model));
    }

    private static <E extends LangChain4jException> E refusal(
            OpenAiStreamingChatModelBuilder model, Class<E> type) {
        var listener = new StreamListener();
        model.build().chat(request(), listener);
        return type.cast(listener.failure());
    }

    private static void check(
            LangChain4jException e, int status, String code, @Nullable String param) {
        assertThat(e).isNotNull();
        checkReply((HttpException) e.getCause(), status, code, param);
    }

    /** The client knows no codes: what it shows is the body. */
    static void checkReply(HttpException e, int status, String code, @Nullable String param) {
        assertThat(e.statusCode()).isEqualTo(status);
        JsonNode error = new JsonMapper().readTree(e.getMessage()).path("error");
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("param").asStringOpt().orElse(null)).isEqualTo(param);
    }

    private OpenAiChatModelBuilder model() {
        return OpenAiChatModel.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .modelName(StandaloneHolt.MODEL)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60));
    }

    private OpenAiStreamingChatModelBuilder streaming() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .modelName(StandaloneHolt.MODEL)
                .timeout(Duration.ofSeconds(60));
    }

    private static ChatResponse ask(OpenAiChatModelBuilder model) {
        return model.build().chat(request());
    }

    private static ChatResponse stream(
            OpenAiStreamingChatModelBuilder model, StreamListener listener) {
        model.build().chat(request(), listener);
        return listener.answer();
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from(STORY)).build();
    }
}
