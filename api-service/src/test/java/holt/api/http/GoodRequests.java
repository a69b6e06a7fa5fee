package holt.api.http;

import static holt.api.edge.RawClient.bytes;

import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.node.NodeVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Valid requests as known clients write them: a communication node, OpenAI's libraries for Python and JavaScript, curl. */
final class GoodRequests {
    private static final String CHAT = "POST /v1/chat/completions HTTP/1.1\r\n";
    private static final String NODE =
            "Host: 127.0.0.1:1088\r\nUser-Agent: Go-http-client/1.1\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n";
    private static final String PYTHON =
            "Host: 127.0.0.1:1088\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\nAccept: application/json\r\n"
                    + "Content-Type: application/json\r\nUser-Agent: OpenAI/Python\r\nX-Stainless-Lang: python\r\n"
                    + "X-Stainless-Async: false\r\nx-stainless-retry-count: 0\r\nx-stainless-read-timeout: 600\r\nAuthorization: Bearer any\r\n";
    private static final String FETCH =
            "host: 127.0.0.1:1088\r\nconnection: keep-alive\r\naccept: application/json\r\ncontent-type: application/json\r\n"
                    + "user-agent: OpenAI/JS\r\nx-stainless-lang: js\r\nauthorization: Bearer any\r\naccept-language: *\r\n"
                    + "sec-fetch-mode: cors\r\naccept-encoding: br, gzip, deflate\r\n";
    private static final String CURL =
            "Host: 127.0.0.1:1088\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\n";

    private GoodRequests() {}

    /**
     * A request in parts.
     *
     * @param head request line and header fields, without that of the body's length
     * @param body null if there is none
     */
    record Request(String head, byte @Nullable [] body) {
        byte[] whole() {
            if (body == null) {
                return bytes(head + "\r\n");
            }
            return RawClient.join(
                    bytes(head + "Content-Length: " + body.length + "\r\n\r\n"), body);
        }
    }

    static List<Request> all() {
        return List.of(
                chat(NODE, NodeVectors.exchange(1).get("request_body").toString()),
                chat(NODE, NodeVectors.exchange(4).get("request_rawBody").asString()),
                chat(NODE, NodeVectors.exchange(5).get("request_body").toString()),
                chat(
                        PYTHON,
                        """
                        {"messages":[{"role":"system","content":""},{"role":"user","content":"Zwölf \\ud83e\\udda6?"}],
                         "model":"m","frequency_penalty":0.5,"logit_bias":{"7":-100},"logprobs":true,"max_completion_tokens":64,
                         "n":1,"presence_penalty":-2,"seed":-1,"stop":["a","b"],"temperature":1e-3,"top_logprobs":2,"top_p":0.9}\
                        """),
                chat(
                        FETCH,
                        """
                        {"model":"ORG/NAME","messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],"stream":true,
                         "stream_options":{"include_usage":true},"user":"u","metadata":{"a":[1,2,{"b":null}]}}\
                        """),
                chat(
                        CURL
                                + "Content-Type: application/json; charset=utf-8\r\nExpect: 100-continue\r\n",
                        "{\"model\":\"m\",\"top_k\":40,\"min_p\":0.1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                chat(
                        CURL
                                + "Content-Type: application/json\r\nPrefer: respond-async, wait=1\r\nCancel-After: 60\r\n"
                                + "Idempotency-Key: otter-1\r\nX-Request-Id: otter:1\r\n",
                        RefusalContract.GOOD),
                get("/v1/models", PYTHON),
                get("/v1/models/ORG%2FNAME?a=b", FETCH),
                get("/v1/models/ORG/NAME", CURL),
                get("/health", CURL),
                get("/ready", NODE));
    }

    private static Request chat(String headers, String body) {
        return new Request(CHAT + headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Request get(String path, String headers) {
        return new Request("GET " + path + " HTTP/1.1\r\n" + headers, null);
    }
}
