package holt.standalone.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the hub for a model's list of files, and for files. The token goes to the hub alone, not to other hosts after a redirect. No redirect
 * leads from TLS to plain text.
 */
final class HubClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration SILENT_AT_MOST = Duration.ofSeconds(30);

    private final HubAddress hub;
    private final OkHttpClient http;

    HubClient(HubAddress hub) {
        this.hub = hub;
        this.http =
                new OkHttpClient.Builder()
                        .connectTimeout(CONNECT_WITHIN)
                        .readTimeout(SILENT_AT_MOST)
                        .followSslRedirects(false)
                        .build();
    }

    /**
     * Asks which files the revision has.
     *
     * @throws HubBusyException if a retry may succeed
     * @throws HubException if the hub is out of reach or refuses
     */
    Snapshot snapshot(HubModel model) throws HubBusyException {
        HttpUrl url =
                base().addPathSegments("api/models")
                        .addPathSegment(model.organisation())
                        .addPathSegment(model.name())
                        .addPathSegment("revision")
                        .addPathSegment(model.revision())
                        .addQueryParameter("blobs", "true")
                        .build();
        try (Response response = http.newCall(request(url).build()).execute()) {
            if (response.code() != 200) {
                checkBusy(response);
                throw refused(model, response);
            }
            return snapshot(JSON.readTree(response.body().bytes()));
        } catch (HubBusyException e) {
            throw e;
        } catch (IOException e) {
            throw new HubException("cannot reach the hub " + hub + ": " + reason(e), e);
        } catch (JacksonException e) {
            throw new HubException("the hub " + hub + " does not answer as a hub does", e);
        }
    }

    /**
     * Asks for the size of a file, because the list of a mirror may omit it.
     *
     * @throws HubBusyException if a retry may succeed
     * @throws HubException if the hub is out of reach, refuses or does not know
     */
    HubFile sized(HubModel model, String commit, HubFile file) throws HubBusyException {
        if (file.size() >= 0) {
            return file;
        }
        Request head =
                request(url(model, commit, file))
                        .header("Accept-Encoding", "identity")
                        .head()
                        .build();
        try (Response last = http.newCall(head).execute()) {
            // The hub knows the size of a file that it keeps elsewhere. A URL signed for GET may
            // refuse HEAD there.
            for (Response response = last; response != null; response = response.priorResponse()) {
                long size = number(response.header("X-Linked-Size"));
                if (size >= 0) {
                    return new HubFile(file.path(), size, file.sha256(), file.gitId());
                }
            }
            if (last.code() != 200) {
                checkBusy(last);
                throw refused(model, last);
            }
            long size = number(last.header("Content-Length"));
            if (size < 0) {
                throw new HubException("the hub does not say how large " + file.path() + " is");
            }
            return new HubFile(file.path(), size, file.sha256(), file.gitId());
        } catch (HubBusyException e) {
            throw e;
        } catch (IOException e) {
            throw new HubException("cannot reach the hub " + hub + ": " + reason(e), e);
        }
    }

    /**
     * Asks for a file's bytes. The caller closes the answer: 200 (the whole file), 206 or 416.
     *
     * @param from the first byte to send
     * @throws IOException if a retry may succeed
     * @throws HubException if it cannot
     */
    Response open(HubModel model, String commit, HubFile file, long from) throws IOException {
        // Compressed bytes can be neither counted nor resumed.
        Request.Builder request =
                request(url(model, commit, file)).header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        Response response = http.newCall(request.build()).execute();
        int code = response.code();
        if (code == 200 || code == 206 || code == 416) {
            return response;
        }
        try (response) {
            checkBusy(response);
            throw refused(model, response);
        }
    }

    /** The reason for the user. It omits the URL, because that of a redirect may be secret. */
    static String reason(IOException failure) {
        return switch (failure) {
            case UnknownHostException _ -> "its host name is unknown";
            case ConnectException _ -> "nothing answers there";
            case SocketTimeoutException _ -> "it does not answer in time";
            case SSLException _ -> "the TLS connection failed";
            default -> {
                String said = String.valueOf(failure.getMessage());
                yield said.contains("No space left")
                        ? "no space is left on the disk"
                        : said.startsWith("HTTP ") ? said : failure.getClass().getSimpleName();
            }
        };
    }

    private static void checkBusy(Response response) throws HubBusyException {
        int code = response.code();
        if (code == 408 || code == 429 || code >= 500) {
            throw new HubBusyException(
                    code,
                    RetryHub.after(
                            response.header("Retry-After"),
                            Instant.ofEpochMilli(response.receivedResponseAtMillis())));
        }
    }

    /** A size in bytes; -1 if there is none. */
    private static long number(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,18}") ? Long.parseLong(header) : -1;
    }

    private HttpUrl url(HubModel model, String commit, HubFile file) {
        return base().addPathSegment(model.organisation())
                .addPathSegment(model.name())
                .addPathSegment("resolve")
                .addPathSegment(commit)
                .addPathSegments(file.path())
                .build();
    }

    private HttpUrl.Builder base() {
        return HttpUrl.get(hub.url().toString()).newBuilder();
    }

    private Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url).header("User-Agent", "holt");
        String token = hub.token();
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Snapshot snapshot(JsonNode answer) {
        String commit = answer.path("sha").asString("");
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new HubException("the hub " + hub + " does not name the revision's commit");
        }
        List<HubFile> files = new ArrayList<>();
        for (JsonNode sibling : answer.path("siblings")) {
            files.add(file(sibling));
        }
        return new Snapshot(commit, List.copyOf(files));
    }

    private static HubFile file(JsonNode sibling) {
        JsonNode large = sibling.path("lfs");
        boolean pointer = large.isObject();
        return new HubFile(
                sibling.path("rfilename").asString(""),
                large.path("size").asLong(sibling.path("size").asLong(-1)),
                hexadecimal(large.path("sha256"), 64),
                pointer ? null : hexadecimal(sibling.path("blobId"), 40));
    }

    private static @Nullable String hexadecimal(JsonNode node, int digits) {
        String text = node.asString("").toLowerCase(Locale.ROOT);
        return text.matches("[0-9a-f]{" + digits + "}") ? text : null;
    }

    private HubException refused(HubModel model, Response response) {
        boolean asked = hub.token() != null;
        return new HubException(
                switch (response.code()) {
                    case 401 ->
                            asked
                                    ? "the hub does not accept the token, or there is no "
                                            + model.id()
                                            + ": check HOLT_HUB_TOKEN (or HF_TOKEN) and the name"
                                    : model.id()
                                            + " is private, gated or not there: check the name, or set HOLT_HUB_TOKEN"
                                            + " to a token that may read it";
                    case 403 ->
                            "%s is gated: ask for access on %s/%s%s"
                                    .formatted(
                                            model.id(),
                                            hub,
                                            model.id(),
                                            asked ? "" : ", then set HOLT_HUB_TOKEN");
                    case 404 -> notFound(model, response);
                    default -> "the hub answers HTTP " + response.code() + " for " + model.id();
                });
    }

    private String notFound(HubModel model, Response response) {
        return switch (response.header("X-Error-Code", "")) {
            case "RevisionNotFound" -> model.id() + " has no revision " + model.revision();
            case "EntryNotFound" ->
                    "the hub lists a file of " + model.id() + " that it does not have";
            case null, default ->
                    "there is no %s, or no revision %s of it, on %s"
                            .formatted(model.id(), model.revision(), hub);
        };
    }
}
