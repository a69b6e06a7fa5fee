package holt.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One streamed chat of exactly so many tokens, if the model does not end it earlier. A client that runs out of patience closes the connection. */
final class StreamedChat {
    private static final String CONTENT = "\"content\":\"";

    private final HttpClient http;
    private final URI url;
    private final String model;

    StreamedChat(HttpClient http, URI url, String model) {
        this.http = http;
        this.url = url;
        this.model = model;
    }

    /**
     * @param firstMs milliseconds to the first token
     * @param tokens pieces of text
     */
    record Answer(double firstMs, int tokens) {}

    /** @throws IOException if it does not come within that time, or fails */
    Answer ask(String prompt, int tokens, Duration patience)
            throws IOException, InterruptedException {
        String body =
                "{\"model\":\"%s\",\"stream\":true,\"max_tokens\":%d,\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(model, tokens, prompt);
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<InputStream>> sent =
                http.sendAsync(request, BodyHandlers.ofInputStream());
        try (InputStream in = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS).body();
                var _ = closeLater(in, patience.minusNanos(System.nanoTime() - begun))) {
            return read(in, begun);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } finally {
            sent.cancel(true);
        }
    }

    private interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private static Watch closeLater(InputStream in, Duration after) {
        Thread watch =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.sleep(after);
                        in.close();
                    } catch (InterruptedException | IOException e) {
                        // The answer has come.
                    }
                });
        return watch::interrupt;
    }

    private static Answer read(InputStream in, long begun) throws IOException {
        int count = 0;
        double firstMs = 0;
        boolean done = false;
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !done; line = lines.readLine()) {
            int content = line.indexOf(CONTENT);
            if (content >= 0 && line.charAt(content + CONTENT.length()) != '"' && count++ == 0) {
                firstMs = (System.nanoTime() - begun) / 1e6;
            }
            done = line.equals("data: [DONE]");
        }
        if (!done) {
            throw new IOException("the answer is cut");
        }
        return new Answer(firstMs, count);
    }
}
