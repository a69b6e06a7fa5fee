package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's client for Java, which checks every answer against its schema. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class OpenAiJavaIT {
    private final StandaloneHolt holt;
    private final OpenAIClient client;

    OpenAiJavaIT(StandaloneHolt holt) {
        this.holt = holt;
        client = clientOf(holt).build();
    }

    /** Checks every answer against its schema, and asks once. */
    static OpenAIOkHttpClient.Builder clientOf(StandaloneHolt holt) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .responseValidation(true)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aChatIsAnswered() {
        ChatCompletion answer = ask(chat("Hello!").temperature(0));

        ChatCompletion.Choice choice = answer.choices().getFirst();
        assertThat(answer.choices()).hasSize(1);
        assertThat(choice.index()).isZero();
        assertThat(choice.message().content()).hasValueSatisfying(t -> assertThat(t).isNotBlank());
        assertThat(choice.message()._role()).isEqualTo(JsonValue.from("assistant"));
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.model()).isEqualTo(StandaloneHolt.MODEL);
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer._object_()).isEqualTo(JsonValue.from("chat.completion"));
        assertThat(answer.created()).isPositive();
        assertThat(sum(answer.usage().orElseThrow())).isTrue();
    }

    @Test
    void anAnswerCarriesItsRequestIdAndIsPlainJson() {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat()
                        .completions()
                        .withRawResponse()
                        .create(chat("Hello!").maxCompletionTokens(1).build())) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.requestId()).hasValueSatisfying(id -> assertThat(id).isNotBlank());
            assertThat(response.headers().values("content-type"))
                    .containsExactly("application/json");
            assertThat(response.headers().values("openai-processing-ms")).hasSize(1);
            assertThat(response.headers().values("set-cookie")).isEmpty();
            response.parse().validate();
        }
    }

    @Test
    void aStreamSaysTheSameAsAWholeAnswerAndEndsWithItsUsage() {
        ChatCompletion whole = ask(chat("Tell me a story.").temperature(0));

        List<ChatCompletionChunk> chunks =
                stream(chat("Tell me a story.").temperature(0).streamOptions(usage()));

        ChatCompletion streamed = accumulate(chunks);
        assertThat(streamed.choices().getFirst().message().content())
                .isEqualTo(whole.choices().getFirst().message().content());
        assertThat(streamed.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(chunks).hasSizeGreaterThan(10);
        assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(streamed.id());
        assertThat(chunks.getFirst().choices().getFirst().delta().role())
                .contains(ChatCompletionChunk.Choice.Delta.Role.ASSISTANT);
        assertThat(chunks.getLast().choices()).isEmpty();
        CompletionUsage usage = chunks.getLast().usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(whole.usage().orElseThrow().promptTokens());
        assertThat(usage.completionTokens())
                .isEqualTo(whole.usage().orElseThrow().completionTokens());
        assertThat(cached(usage)).isEqualTo(usage.promptTokens() - 1); // the whole one left them
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
    }

    @Test
    void theNextTurnOfAConversationTellsWhatWasNotReadAgain() {
        ChatCompletion first = ask(chat("Tell me about the moon.").temperature(0));

        ChatCompletion next =
                ask(
                        chat("Tell me about the moon.")
                                .addAssistantMessage(text(first))
                                .addUserMessage("And the sun?")
                                .temperature(0));

        CompletionUsage usage = next.usage().orElseThrow();
        assertThat(cached(usage))
                .isGreaterThanOrEqualTo(first.usage().orElseThrow().promptTokens())
                .isLessThan(usage.promptTokens());
    }

    @Test
    void aStreamWithoutTheUsageOptionHasNoChunkWithoutAChoice() {
        List<ChatCompletionChunk> chunks = stream(chat("Hello!").temperature(0));

        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.choices()).hasSize(1));
        assertThat(chunks.getLast().choices().getFirst().finishReason())
                .contains(ChatCompletionChunk.Choice.FinishReason.STOP);
    }

    @Test
    void aTextBecomesAVector() {
        CreateEmbeddingResponse answer =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model(StandaloneHolt.EMBEDDER)
                                        .input("An otter swims.")
                                        .dimensions(8)
                                        .build());

        assertThat(answer.data().getFirst().embedding()).hasSize(8);
        assertThat(answer.usage().promptTokens()).isGreaterThan(2);
    }

    @Test
    void modelsAreListedAndFound() {
        List<Model> models = client.models().list().autoPager().stream().toList();

        assertThat(models)
                .extracting(Model::id)
                .containsExactlyInAnyOrderElementsOf(StandaloneHolt.MODELS);
        Model model = client.models().retrieve(StandaloneHolt.MODEL);
        assertThat(model.id()).isEqualTo(StandaloneHolt.MODEL);
        assertThat(model.created()).isPositive();
        assertThat(model.ownedBy()).isEqualTo("holt");
        assertThat(model._object_()).isEqualTo(JsonValue.from("model"));
    }

    @Test
    void aSeedRepeatsAnAnswer() {
        List<String> answers =
                IntStream.range(0, 3).mapToObj(seed -> text(ask(seeded(seed)))).toList();

        assertThat(IntStream.range(0, 3).mapToObj(seed -> text(ask(seeded(seed)))))
                .isEqualTo(answers);
        assertThat(answers).doesNotHaveDuplicates();
    }

    @Test
    void temperatureZeroSaysTheSameWhateverTheSeed() {
        assertThat(text(ask(chat("Tell me a story.").temperature(0).seed(1))))
                .isEqualTo(text(ask(chat("Tell me a story.").temperature(0).seed(2))));
    }

    @Test
    void theTokenLimitEndsAnAnswerWithLengthAndTheNewerFieldWins() {
        for (ChatCompletionCreateParams.Builder params :
                List.of(
                        chat("Tell me a story.").maxTokens(5),
                        chat("Tell me a story.").maxTokens(50).maxCompletionTokens(5))) {
            ChatCompletion answer = ask(params.temperature(0));

            assertThat(answer.choices().getFirst().finishReason())
                    .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
            assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
        }
    }

    @Test
    void aStopEndsAnAnswerBeforeIt() {
        String whole = text(ask(chat("Tell me a story.").temperature(0)));
        String stop = whole.substring(10, 13);
        String before = whole.substring(0, whole.indexOf(stop));

        ChatCompletion one = ask(chat("Tell me a story.").temperature(0).stop(stop));
        List<ChatCompletionChunk> streamed =
                stream(
                        chat("Tell me a story.")
                                .temperature(0)
                                .stopOfStrings(List.of("never said", stop))
                                .streamOptions(usage()));

        assertThat(text(one)).isEqualTo(before);
        assertThat(one.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(text(accumulate(streamed))).isEqualTo(before);
    }

    @Test
    void severalAnswersAreThoseThatEachSeedGivesAloneAndThePromptCountsOnce() {
        ChatCompletion three = ask(seeded(7).n(3));
        List<ChatCompletion> alone =
                IntStream.range(7, 10).mapToObj(seed -> ask(seeded(seed))).toList();

        assertThat(three.choices())
                .extracting(ChatCompletion.Choice::index)
                .containsExactly(0L, 1L, 2L);
        assertThat(three.choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .isEqualTo(alone.stream().map(OpenAiJavaIT::text).toList());
        CompletionUsage usage = three.usage().orElseThrow();
        assertThat(usage.promptTokens())
                .isEqualTo(alone.getFirst().usage().orElseThrow().promptTokens());
        assertThat(usage.completionTokens())
                .isEqualTo(
                        alone.stream()
                                .mapToLong(one -> one.usage().orElseThrow().completionTokens())
                                .sum());
    }

    @Test
    void aStreamOfSeveralAnswersSaysTheSameAsTheWhole() {
        ChatCompletion whole = ask(seeded(7).n(3));

        ChatCompletion streamed = accumulate(stream(seeded(7).n(3).streamOptions(usage())));

        assertThat(streamed.choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .isEqualTo(
                        whole.choices().stream()
                                .map(choice -> choice.message().content().orElseThrow())
                                .toList());
        assertThat(streamed.usage()).isEqualTo(whole.usage());
    }

    @Test
    void logProbabilitiesMakeUpTheTextAndAreTheSameStreamed() {
        ChatCompletion whole = ask(scored());

        List<ChatCompletionTokenLogprob> tokens =
                whole.choices().getFirst().logprobs().orElseThrow().content().orElseThrow();
        assertThat(tokens.stream().map(ChatCompletionTokenLogprob::token))
                .hasSize(20)
                .satisfies(texts -> assertThat(String.join("", texts)).isEqualTo(text(whole)));
        assertThat(tokens)
                .allSatisfy(token -> {
                    assertThat(token.logprob()).isNotPositive();
                    assertThat(token.topLogprobs()).hasSize(3);
                    // Greedy: what was taken was the likeliest.
                    assertThat(token.topLogprobs().getFirst().token()).isEqualTo(token.token());
                    assertThat(token.topLogprobs().getFirst().logprob()).isEqualTo(token.logprob());
                });

        List<ChatCompletionTokenLogprob> streamed =
                stream(scored()).stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.logprobs().stream())
                        .flatMap(logprobs -> logprobs.content().orElseThrow().stream())
                        .toList();
        assertThat(streamed)
                .extracting(ChatCompletionTokenLogprob::token)
                .isEqualTo(tokens.stream().map(ChatCompletionTokenLogprob::token).toList());
    }

    @Test
    void penaltiesChangeAnAnswer() {
        String plain = text(ask(chat("Tell me a story.").temperature(0)));

        String penalized =
                text(
                        ask(
                                chat("Tell me a story.")
                                        .temperature(0)
                                        .frequencyPenalty(2)
                                        .putAdditionalBodyProperty(
                                                "repetition_penalty", JsonValue.from(1.3))));

        assertThat(penalized).isNotEqualTo(plain);
    }

    @Test
    void closingAStreamCancelsItsJob() throws InterruptedException {
        String id;
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat()
                        .completions()
                        .createStreaming(chat("Hello!").model(EndlessModel.NAME).build())) {
            id = chunks.stream().skip(3).findFirst().orElseThrow().id();
        }

        JobEvent.Finished end = holt.nextEndOfEndless();
        assertThat(id).isEqualTo("chatcmpl-" + end.job().value());
        assertThat(end.outcome()).isEqualTo(new Outcome.Cancelled());
    }

    private static long cached(CompletionUsage usage) {
        return usage.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow();
    }

    private static ChatCompletionCreateParams.Builder chat(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(StandaloneHolt.MODEL)
                .addUserMessage(prompt);
    }

    private static ChatCompletionCreateParams.Builder seeded(long seed) {
        return chat("Tell me a story.").temperature(1.5).seed(seed);
    }

    private static ChatCompletionCreateParams.Builder scored() {
        return chat("Tell me a story.")
                .temperature(0)
                .maxCompletionTokens(20)
                .logprobs(true)
                .topLogprobs(3);
    }

    private static ChatCompletionStreamOptions usage() {
        return ChatCompletionStreamOptions.builder().includeUsage(true).build();
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder params) {
        return client.chat().completions().create(params.build());
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams.Builder params) {
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params.build())) {
            return chunks.stream().toList();
        }
    }

    private static ChatCompletion accumulate(List<ChatCompletionChunk> chunks) {
        var accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(accumulator::accumulate);
        return accumulator.chatCompletion();
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private static boolean sum(CompletionUsage usage) {
        return usage.promptTokens() > 0
                && usage.completionTokens() > 0
                && usage.totalTokens() == usage.promptTokens() + usage.completionTokens();
    }
}
