package holt.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Talks to a running Holt. */
public final class HoltClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATA = "data: ";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** A silent stream sends pings, and a list comes at once, so a longer silence is a failure. */
    private static final Duration SILENT_AT_MOST = Duration.ofSeconds(60);

    private final URI url;
    private final @Nullable String key;
    private final OkHttpClient http;

    /**
     * @param url of the API, without a path
     * @param key of the caller; null if none is needed
     */
    public HoltClient(URI url, @Nullable String key) {
        this.key = key;
        this.url = url;
        this.http =
                new OkHttpClient.Builder()
                        .connectTimeout(CONNECT_WITHIN)
                        .readTimeout(SILENT_AT_MOST)
                        .build();
    }

    /**
     * Lists the models that it serves.
     *
     * @throws HoltAnswerException if it does not answer
     */
    public List<ServedModel> models() {
        List<ServedModel> models = new ArrayList<>();
        for (JsonNode row : call("GET", "v1/models", null).path("data")) {
            models.add(
                    new ServedModel(
                            row.path("id").asString(""),
                            row.path("kind").asString(""),
                            row.path("description").asString("")));
        }
        return models;
    }

    /**
     * Sends one request, and returns the body of its answer.
     *
     * @param body null for none
     * @throws HoltAnswerException if Holt refuses it or does not answer
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        return call(method, address(path), body);
    }

    /**
     * The same for a list.
     *
     * @param query names and values
     */
    JsonNode get(String path, Map<String, ?> query) {
        HttpUrl.Builder address = address(path).newBuilder();
        query.forEach((name, value) -> address.addQueryParameter(name, value.toString()));
        return call("GET", address.build(), null);
    }

    private JsonNode call(String method, HttpUrl address, @Nullable JsonNode body) {
        Request request =
                request(address)
                        .method(
                                method,
                                body == null
                                        ? null
                                        : RequestBody.create(
                                                JSON.writeValueAsBytes(body),
                                                MediaType.get("application/json")))
                        .build();
        try (Response response = http.newCall(request).execute()) {
            JsonNode answer = json(response);
            if (!response.isSuccessful()) {
                throw refused(response, answer);
            }
            return answer;
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private Request.Builder request(HttpUrl address) {
        var request = new Request.Builder().url(address);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /** A call for the streamed answer to a conversation. {@link #read} makes it. */
    Call ask(String model, List<Message> messages, ChatOptions options) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", true);
        var all = new ArrayList<Message>();
        if (options.system() != null) {
            all.add(new Message("system", options.system()));
        }
        all.addAll(messages);
        body.set("messages", JSON.valueToTree(all));
        if (options.temperature() != null) {
            body.put("temperature", options.temperature());
        }
        if (options.maxTokens() != null) {
            body.put("max_tokens", options.maxTokens());
        }
        // Holt accepts exactly application/json, without a charset.
        RequestBody json =
                RequestBody.create(JSON.writeValueAsBytes(body), MediaType.get("application/json"));
        return http.newCall(request(address("v1/chat/completions")).post(json).build());
    }

    /** Receives the pieces of an answer. */
    interface Listener {
        void text(String piece);
    }

    /**
     * Makes the call and reads the answer to its end.
     *
     * @throws HoltAnswerException if there is none, or it is incomplete, unless the call was cancelled
     */
    void read(Call call, Listener listener) {
        try (Response response = call.execute()) {
            if (response.code() != 200) {
                throw refused(response, json(response));
            }
            readEvents(call, response, listener);
        } catch (IOException e) {
            if (!call.isCanceled()) {
                throw noAnswer(e);
            }
        }
    }

    private void readEvents(Call call, Response response, Listener listener) {
        try {
            var lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                if (line.startsWith(DATA)
                        && !take(line.substring(DATA.length()), response, listener)) {
                    return;
                }
            }
            throw new HoltAnswerException("the answer from " + url + " is incomplete");
        } catch (IOException e) {
            if (!call.isCanceled()) {
                throw new HoltAnswerException("the answer from " + url + " is incomplete", e);
            }
        }
    }

    /** Handles one event. Returns whether more events follow. */
    private boolean take(String data, Response response, Listener listener) {
        if (data.equals("[DONE]")) {
            return false;
        }
        JsonNode event = parse(data);
        if (event.has("error")) {
            throw refused(response, event);
        }
        String piece = event.path("choices").path(0).path("delta").path("content").asString("");
        if (!piece.isEmpty()) {
            listener.text(piece);
        }
        return true;
    }

    private HttpUrl address(String path) {
        return HttpUrl.get(url.toString()).newBuilder().addPathSegments(path).build();
    }

    private JsonNode json(Response response) throws IOException {
        return parse(response.body().string());
    }

    private JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new HoltAnswerException(url + " is not a Holt", e);
        }
    }

    private HoltAnswerException refused(Response response, JsonNode body) {
        String said = body.path("message").asString("");
        return new HoltAnswerException(
                said.isEmpty()
                        ? url + " answers HTTP " + response.code()
                        : "Holt refuses: " + said);
    }

    private HoltAnswerException noAnswer(IOException cause) {
        return new HoltAnswerException(
                "no Holt answers on "
                        + url
                        + ": start one with ./holt up, or name another with --url",
                cause);
    }
}
