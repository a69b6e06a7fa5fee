package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses with OpenAI's client for Java. Each response and each event is checked against the client's schema. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class OpenAiJavaResponsesIT {
    private static final String STORY = "Tell me a story.";
    private static final Map<String, Object> CITY =
            Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("city", Map.of("enum", List.of("Rome", "Oslo"))),
                    "required",
                    List.of("city"),
                    "additionalProperties",
                    false);

    private final OpenAIClient client;

    OpenAiJavaResponsesIT(StandaloneHolt holt) {
        client = OpenAiJavaIT.clientOf(holt).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aResponseIsAnswered() {
        Response answer = ask(response(StandaloneHolt.MODEL).input(STORY));

        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(text(answer)).isNotBlank();
        assertThat(answer.usage().orElseThrow().outputTokens()).isPositive();
    }

    @Test
    void aResponseEndsAtItsTokenLimit() {
        Response answer = ask(response(StandaloneHolt.MODEL).input(STORY).maxOutputTokens(3));

        assertThat(answer.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(answer.incompleteDetails()).isPresent();
    }

    @Test
    void aResponseCallsAToolAndReadsItsResult() {
        Response first = ask(response(ScriptedModel.NAME).addTool(getTime()).input("The time?"));

        ResponseFunctionToolCall call = first.output().getFirst().asFunctionCall();
        assertThat(call.name()).isEqualTo("get_time");
        assertThat(call.arguments()).isEqualTo("{\"city\": \"Oslo\"}");
        var result =
                ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call.callId())
                        .output("noon in Oslo")
                        .build();
        Response second =
                ask(
                        response(ScriptedModel.NAME)
                                .addTool(getTime())
                                .inputOfResponse(
                                        List.of(
                                                ResponseInputItem.ofFunctionCall(call),
                                                ResponseInputItem.ofFunctionCallOutput(result))));
        assertThat(text(second)).isEqualTo("It is noon in Oslo.");
    }

    @Test
    void aResponseHasTheFormOfASchema() {
        var schema = ResponseFormatTextJsonSchemaConfig.Schema.builder();
        CITY.forEach((key, value) -> schema.putAdditionalProperty(key, JsonValue.from(value)));
        var format =
                ResponseFormatTextJsonSchemaConfig.builder()
                        .name("place")
                        .schema(schema.build())
                        .build();

        Response answer =
                ask(
                        response(StandaloneHolt.MODEL)
                                .input(STORY)
                                .text(ResponseTextConfig.builder().format(format).build()));

        assertThat(text(answer)).containsPattern("\"(Rome|Oslo)\"");
    }

    @Test
    void aStreamedResponseSaysTheSameAsAWholeOne() {
        List<ResponseStreamEvent> events = stream(response(StandaloneHolt.MODEL).input(STORY));

        Response whole = ask(response(StandaloneHolt.MODEL).input(STORY));
        assertThat(text(accumulate(events))).isEqualTo(text(whole));
        assertThat(events.stream().filter(ResponseStreamEvent::isOutputTextDelta))
                .hasSizeGreaterThan(10);
    }

    @Test
    void aStreamedResponseCallsATool() {
        List<ResponseStreamEvent> events =
                stream(response(ScriptedModel.NAME).addTool(getTime()).input("The time?"));

        ResponseFunctionToolCall call = accumulate(events).output().getFirst().asFunctionCall();
        assertThat(call.arguments()).isEqualTo("{\"city\": \"Oslo\"}");
    }

    private static ResponseCreateParams.Builder response(String model) {
        return ResponseCreateParams.builder().model(model).temperature(0);
    }

    private static FunctionTool getTime() {
        var parameters = FunctionTool.Parameters.builder();
        CITY.forEach((key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
        return FunctionTool.builder()
                .name("get_time")
                .parameters(parameters.build())
                .strict(true)
                .build();
    }

    private Response ask(ResponseCreateParams.Builder params) {
        return client.responses().create(params.build()).validate();
    }

    private List<ResponseStreamEvent> stream(ResponseCreateParams.Builder params) {
        List<ResponseStreamEvent> events = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params.build())) {
            stream.stream().forEach(event -> events.add(event.validate()));
        }
        assertThat(events.getLast().isCompleted()).isTrue();
        return events;
    }

    private static Response accumulate(List<ResponseStreamEvent> events) {
        var whole = ResponseAccumulator.createWithSnapshots();
        events.forEach(whole::accumulate);
        Response response = whole.response().validate();
        assertThat(whole.reconstructedResponse().output()).isEqualTo(response.output());
        return response;
    }

    private static String text(Response response) {
        ResponseOutputText text =
                response.output()
                        .getFirst()
                        .message()
                        .orElseThrow()
                        .content()
                        .getFirst()
                        .outputText()
                        .orElseThrow();
        return text.text();
    }
}
