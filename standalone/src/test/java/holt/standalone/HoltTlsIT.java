package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import holt.tls.PrivateCa;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with a certificate. */
class HoltTlsIT {
    @TempDir Path temp;

    private HoltProcess holt;
    private PrivateCa ca;

    @BeforeEach
    void prepare() throws Exception {
        holt = new HoltProcess(temp).withSharedLibraries();
        ca = PrivateCa.create(temp);
    }

    @Test
    void upAnswersAChatByHttps() throws Exception {
        Process up =
                holt.start(
                        tls(ca.certificate(), ca.key()),
                        "up",
                        "--port",
                        "0",
                        "--data",
                        holt.data());
        try (var http = HttpClient.newBuilder().sslContext(ca.clients()).build()) {
            String url = HoltProcess.url(up);

            assertThat(url).startsWith("https://127.0.0.1:");
            var chat =
                    HoltProcess.request(
                            url + "/v1/chat/completions",
                            """
                            {"model":"holt-chat","max_tokens":8,"messages":[{"role":"user","content":"Hello!"}]}\
                            """);
            assertThat(http.send(chat, BodyHandlers.ofString()).body())
                    .contains("\"role\":\"assistant\"");
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void aWrongFileIsNamedByItsSetting() throws Exception {
        Process up =
                holt.start(tls(ca.key(), ca.key()), "up", "--port", "0", "--data", holt.data());

        assertThat(up.waitFor()).isEqualTo(1);
        assertThat(holt.errors())
                .contains("holt.api.tls.certificate: a PEM file with certificates");
    }

    private static Map<String, String> tls(Path certificate, Path key) {
        return Map.of(
                "HOLT_API_TLS_CERTIFICATE", certificate.toString(),
                "HOLT_API_TLS_KEY", key.toString());
    }
}
