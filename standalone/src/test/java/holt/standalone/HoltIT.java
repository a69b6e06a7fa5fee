package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.embedded.KeyFile;
import holt.standalone.hub.FakeHub;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command line as a user meets it: a process, its output, its exit code. */
class HoltIT {
    @TempDir Path temp;

    private HoltProcess holt;

    @BeforeEach
    void prepare() {
        holt = new HoltProcess(temp);
    }

    @Test
    void upAnswersAChatPaintsAPictureAndEndsWithZeroOnSigterm() throws Exception {
        Process up = holt.start("up", "--port", "0", "--data", holt.data());
        try {
            String url = HoltProcess.url(up);

            assertThat(HoltProcess.get(url + "/v1/models")).contains("\"holt-chat\"");
            assertThat(
                            HoltProcess.post(
                                    url + "/v1/chat/completions",
                                    """
                                    {"model":"holt-chat","max_tokens":8,
                                     "messages":[{"role":"user","content":"Hello!"}]}\
                                    """))
                    .contains("\"role\":\"assistant\"");
            BufferedImage picture =
                    picture(
                            HoltProcess.post(
                                    url + "/v1/images/generations",
                                    """
                                    {"model":"holt-image","prompt":"a red circle on a blue background",
                                     "size":"256x256","seed":1,"response_format":"b64_json"}\
                                    """));
            assertThat(picture.getWidth()).isEqualTo(256);
            assertThat(mostly(picture.getRGB(128, 128))).isEqualTo("red");
            assertThat(mostly(picture.getRGB(3, 3))).isEqualTo("blue");

            Process second = holt.start("up", "--port", "0", "--data", holt.data());
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(holt.errors()).contains("another Holt uses " + holt.data());

            up.destroy();
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isZero();
        } finally {
            up.destroyForcibly();
        }
    }

    private static BufferedImage picture(String answer) throws IOException {
        String base64 = new JsonMapper().readTree(answer).at("/data/0/b64_json").asString();
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static String mostly(int rgb) {
        int red = rgb >> 16 & 0xff;
        int blue = rgb & 0xff;
        return red > 150 && blue < 100 ? "red" : blue > 150 && red < 100 ? "blue" : "other";
    }

    @Test
    void aPulledModelIsListedServedAndTalkedTo() throws Exception {
        Path builtIn = Path.of("..", "models", "holt-chat").toRealPath();
        try (var hub = new FakeHub()) {
            for (String file :
                    List.of(
                            "config.json",
                            "generation_config.json",
                            "model.safetensors",
                            "tokenizer.json",
                            "tokenizer_config.json")) {
                hub.with(file, Files.readAllBytes(builtIn.resolve(file)));
            }
            Process pull =
                    holt.start(
                            Map.of("HOLT_HUB_URL", hub.url().toString()),
                            "pull",
                            "otter/fish",
                            "--data",
                            holt.data());
            assertThat(HoltProcess.output(pull)).contains("model.safetensors, ", "otter--fish");
            assertThat(pull.waitFor()).isZero();
        }
        Process up = holt.withSharedLibraries().start("up", "--port", "0", "--data", holt.data());
        try {
            String url = HoltProcess.url(up);

            Process models = holt.start("models", "--data", holt.data(), "--url", url);
            assertThat(HoltProcess.output(models).lines().map(String::strip))
                    .filteredOn(line -> line.startsWith("otter--fish"))
                    .hasSize(2) // on the disk and served
                    .allMatch(line -> line.contains("LlamaForCausalLM"));

            Process chat = holt.start("chat", "otter--fish", "--url", url);
            try (var question = chat.outputWriter()) {
                question.write("Hello!");
            }
            assertThat(HoltProcess.output(chat)).isNotBlank();
            assertThat(chat.waitFor()).isZero();
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void aChatWithNobodyGetsASentenceAndOne() throws Exception {
        Process chat = holt.start("chat", "otter", "--url", "http://127.0.0.1:1");
        chat.outputWriter().append("Hello!").close();

        assertThat(chat.waitFor()).isEqualTo(1);
        assertThat(holt.errors()).hasLineCount(1).contains("no Holt answers on http://127.0.0.1:1");
    }

    @Test
    void withoutWorkersItNamesTheKeyFileAndNeverTheKey() throws Exception {
        Process up = holt.start("up", "--port", "0", "--workers", "0", "--data", holt.data());
        try {
            String output = HoltProcess.untilReady(up);

            assertThat(output)
                    .contains("set -a; . " + holt.data() + "/s3.env; set +a")
                    .contains("./holt worker --kafka 127.0.0.1:")
                    .doesNotContain(KeyFile.read(Path.of(holt.data(), "s3.env")).secret());
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void aBusyPortGetsASentenceAndOne() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process up =
                    holt.start("up", "--port", "" + busy.getLocalPort(), "--data", holt.data());

            assertThat(up.waitFor()).isEqualTo(1);
            assertThat(holt.errors()).contains("port " + busy.getLocalPort() + " is in use");
        }
    }

    @Test
    void aWrongFlagGetsASentenceAndTwo() throws Exception {
        Process up = holt.start("up", "--prot", "1");

        assertThat(up.waitFor()).isEqualTo(2);
        assertThat(holt.errors()).contains("holt up does not know --prot. Did you mean --port?");
    }

    @Test
    void theApiNeedsKeysABrokerAndSettingsThatFit() throws Exception {
        String[] api = {
            "api", "--kafka", "127.0.0.1:1", "--s3", "http://127.0.0.1:1", "--port", "0"
        };
        var keys = Map.of(KeyFile.ACCESS, "otter", KeyFile.SECRET, "fish");
        var wrong = new HashMap<>(keys);
        wrong.put("HOLT_QUEUE_LOCK", "long");

        assertThat(holt.start(Map.of(), api).waitFor()).isEqualTo(1);
        assertThat(holt.errors()).hasLineCount(1).contains(KeyFile.ACCESS, KeyFile.SECRET);
        assertThat(holt.start(wrong, api).waitFor()).isEqualTo(1);
        assertThat(holt.errors()).hasLineCount(2).contains("holt.queue.lock");
        assertThat(holt.start(keys, api).waitFor()).isEqualTo(1);
        assertThat(holt.errors()).hasLineCount(3).contains("the broker does not answer");
    }
}
