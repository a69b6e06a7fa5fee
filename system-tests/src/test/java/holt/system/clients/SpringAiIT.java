package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/** Spring AI's chat model for OpenAI's interface, which drives OpenAI's client for Java with a transport of its own. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class SpringAiIT {
    private static final Prompt STORY = new Prompt("Tell me a story.");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final StandaloneHolt holt;

    SpringAiIT(StandaloneHolt holt) {
        this.holt = holt;
    }

    @Test
    void aChatIsAnswered() {
        ChatResponse answer = model(options()).call(STORY);

        assertThat(text(answer)).isNotBlank();
        assertThat(answer.getResult().getMetadata().getFinishReason())
                .isEqualToIgnoringCase("stop");
        assertThat(answer.getMetadata().getModel()).isEqualTo(StandaloneHolt.MODEL);
        assertThat(answer.getMetadata().getId()).startsWith("chatcmpl-");
    }

    @Test
    void anAnswerHasItsUsage() {
        Usage usage = model(options().maxTokens(5)).call(STORY).getMetadata().getUsage();

        assertThat(usage.getPromptTokens()).isPositive();
        assertThat(usage.getCompletionTokens()).isEqualTo(5);
        assertThat(usage.getTotalTokens()).isEqualTo(usage.getPromptTokens() + 5);
    }

    @Test
    void aStreamSaysTheSameAsAWholeAnswer() {
        List<ChatResponse> chunks = model(options()).stream(STORY).collectList().block(SOON);

        assertThat(chunks).hasSizeGreaterThan(10);
        assertThat(chunks.stream().map(SpringAiIT::text).collect(Collectors.joining()))
                .isEqualTo(text(model(options()).call(STORY)));
    }

    @Test
    void aStreamEndsWithItsUsage() {
        ChatResponse last = model(options().streamUsage(true)).stream(STORY).blockLast(SOON);

        assertThat(last.getMetadata().getUsage().getCompletionTokens()).isPositive();
    }

    @Test
    void aTextBecomesAVector() {
        var options =
                OpenAiEmbeddingOptions.builder()
                        .baseUrl(holt.baseUrl())
                        .apiKey("any")
                        .maxRetries(0)
                        .timeout(SOON)
                        .model(StandaloneHolt.EMBEDDER)
                        .build();

        assertThat(new OpenAiEmbeddingModel(options).embed("An otter swims.")).hasSize(32);
    }

    @Test
    void cancellingAStreamCancelsItsJob() throws InterruptedException {
        model(options().model(EndlessModel.NAME)).stream(STORY).take(3).blockLast(SOON);

        assertThat(holt.nextEndOfEndless().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void anUnknownModelIsNotFound() {
        OpenAiChatModel nobody = model(options().model("nobody"));

        check(NotFoundException.class, "model_not_found", () -> nobody.call(STORY));
        check(
                NotFoundException.class,
                "model_not_found",
                () -> nobody.stream(STORY).blockLast(SOON));
    }

    @Test
    void aBadValueAndAPromptThatIsTooLongAreBadRequests() {
        check(
                BadRequestException.class,
                "invalid_value",
                () -> model(options().temperature(2.1)).call(STORY));
        check(
                BadRequestException.class,
                "context_length_exceeded",
                () -> model(options()).call(new Prompt("word ".repeat(1100))));
    }

    static void check(
            Class<? extends OpenAIServiceException> type, String code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);

        assertThat(Stream.iterate(thrown, Objects::nonNull, Throwable::getCause))
                .filteredOn(type::isInstance)
                .hasSize(1)
                .allSatisfy(e -> assertThat(((OpenAIServiceException) e).code()).contains(code));
    }

    private OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .maxRetries(0)
                .timeout(SOON)
                .model(StandaloneHolt.MODEL)
                .temperature(0.0);
    }

    private static OpenAiChatModel model(OpenAiChatOptions.Builder options) {
        return OpenAiChatModel.builder().options(options.build()).build();
    }

    /** Chunks without a text are many. */
    private static String text(ChatResponse response) {
        return response.getResults().stream()
                .map(choice -> Objects.requireNonNullElse(choice.getOutput().getText(), ""))
                .collect(Collectors.joining());
    }
}
