package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.hub.HubModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private static final Path HOME = Path.of("/holt");
    private static final URI LOCAL = URI.create("http://127.0.0.1:1088");
    private static final Path HELP = Path.of("src/main/help.txt");

    @TempDir Path models;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();
    private final CommandLine holt =
            HoltCommand.commandLine(HOME, new PrintStream(output, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(errors, true));

    @Test
    void upHasDefaultsForEverything() {
        UpCommand up = parse("up");

        assertThat(up.port).isEqualTo(1088);
        assertThat(up.data).isEqualTo(HOME.resolve("data"));
        assertThat(up.models).isNull();
        assertThat(up.workers).isEqualTo(1);
    }

    @Test
    void optionsTakeTheirValueAfterASpaceOrAnEqualsSign() {
        UpCommand up = parse("up --port=0 --data /tmp/otter --workers 3 --models " + models);

        assertThat(up.port).isZero();
        assertThat(up.data).isEqualTo(Path.of("/tmp/otter"));
        assertThat(up.models).isEqualTo(models);
        assertThat(up.workers).isEqualTo(3);
    }

    @Test
    void enginesMayRepeat() {
        UpCommand up = parse("up --engine http://a:1 --engine-command serve --engine https://b/v1");

        assertThat(up.engines.settings())
                .containsExactly(
                        "--holt.worker.engines[0].url=http://a:1",
                        "--holt.worker.engines[1].url=https://b/v1",
                        "--holt.worker.engines[2].command=serve");
    }

    @Test
    void servicesNeedBrokerAndStore() {
        ApiCommand api = parse("api --kafka a:1,b:2 --s3 http://s:9000 --port 1090");
        WorkerCommand worker = parse("worker --kafka a:1 --s3 http://s:9000 --device cuda:1");

        assertThat(api.cluster.kafka).isEqualTo("a:1,b:2");
        assertThat(api.cluster.s3()).isEqualTo(URI.create("http://s:9000"));
        assertThat(api.port).isEqualTo(1090);
        assertThat(api.address).isEqualTo("127.0.0.1");
        assertThat(worker.cluster.kafka).isEqualTo("a:1");
        assertThat(worker.cluster.s3()).isEqualTo(URI.create("http://s:9000"));
        assertThat(worker.models).isNull();
        assertThat(worker.device).isEqualTo("cuda:1");
    }

    @ParameterizedTest
    @CsvSource({
        "pull otter/fish@v2, /holt/data/models",
        "pull --data=/tmp/otter otter/fish@v2, /tmp/otter/models",
        "pull otter/fish@v2 --models /not/yet, /not/yet"
    })
    void modelsArePulledToWhereUpFindsThem(String line, Path folder) {
        PullCommand pull = parse(line);

        assertThat(pull.model).isEqualTo(new HubModel("otter", "fish", null, "v2"));
        assertThat(pull.directory()).isEqualTo(folder);
    }

    @Test
    void modelsAndChatAskTheLocalHoltByDefault() {
        ModelsCommand list = parse("models");
        ChatCommand local = parse("chat otter--fish");

        assertThat(list.directory()).isEqualTo(HOME.resolve("data/models"));
        assertThat(list.url).isEqualTo(LOCAL);
        assertThat(local.model).isEqualTo("otter--fish");
        assertThat(local.url).isEqualTo(LOCAL);
    }

    @Test
    void chatAsksAnotherHoltByItsUrl() {
        ChatCommand other = parse("chat --url http://h:9 fish");

        assertThat(other.model).isEqualTo("fish");
        assertThat(other.url).isEqualTo(URI.create("http://h:9"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "fly | there is no command fly. Try: holt help",
                "model | there is no command model. Did you mean models? Try: holt help",
                "--foo | holt does not know --foo. Try: holt help",
                "help fly | Unknown subcommand 'fly'. Try: holt help",
                "up --prot 1 | holt up does not know --prot. Did you mean --port? Try: holt help up",
                "up --worker=3 | holt up does not know --worker. Did you mean --workers? Try: holt help up",
                "up --port | --port needs a value. Try: holt help up",
                "up --port --data x | --port needs a value. Try: holt help up",
                "up --port 65535 | --port needs a number from 0 to 65534, not 65535. Try: holt help up",
                "up --port -1 | --port needs a number from 0 to 65534, not -1. Try: holt help up",
                "up --workers many | --workers needs a number from 0 to 64, not many. Try: holt help up",
                "up --models /no/where | --models needs an existing folder, not /no/where. Try: holt help up",
                "pull | holt pull needs ORG/NAME[/FILE.gguf][@REVISION]. Try: holt help pull",
                "pull fish | holt pull needs ORG/NAME[/FILE.gguf][@REVISION], not fish. Try: holt help pull",
                "pull otter/fish more | holt pull does not know more. Try: holt help pull",
                "models --models /no | --models needs an existing folder, not /no. Try: holt help models",
                "chat | holt chat needs MODEL. Try: holt help chat",
                "chat fish --url here | --url needs a URL such as http://127.0.0.1:9000, not here. Try: holt help chat",
                "forget --kafka a:1 | holt forget needs MODEL. Try: holt help forget",
                "forget fish | holt forget needs --kafka HOST:PORT. Try: holt help forget",
                "worker --s3 http://s:9000 | holt worker needs --kafka HOST:PORT. Try: holt help worker",
                "worker --kafka a --s3 http://s | --kafka needs HOST:PORT, several separated by commas, not a. Try: holt help worker",
                "worker --kafka a:1 | holt worker needs --s3 URL. Try: holt help worker",
                "worker --kafka a:1 --s3 s:9 | --s3 needs a URL such as http://127.0.0.1:9000, not s:9. Try: holt help worker",
                "worker --kafka a:1 --s3 http://s --device gpu | --device needs auto, cpu or cuda:N, not gpu. Try: holt help worker"
            })
    void explainsAWrongCommandLineAndEndsWithTwo(String line, String explanation) {
        assertThat(holt.execute(line.split(" "))).isEqualTo(2);
        assertThat(errors).hasToString("holt: " + explanation + System.lineSeparator());
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFailureIsOneLineAndEndsWithOne() throws IOException {
        Path file = Files.createFile(models.resolve("file"));

        assertThat(holt.execute("pull", "otter/fish", "--data", file.toString())).isEqualTo(1);
        assertThat(errors.toString()).startsWith("holt: ").contains(file.toString());
        assertThat(errors.toString()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "api", "worker", "pull", "models", "chat", "forget"})
    void eachCommandHasHelp(String command) {
        assertThat(holt.execute(command, "--help")).isZero();
        String shown = output.toString(StandardCharsets.UTF_8);
        output.reset();
        assertThat(holt.execute("help", command)).isZero();

        assertThat(shown)
                .startsWith("Usage: holt " + command)
                .isEqualTo(output.toString(StandardCharsets.UTF_8));
    }

    /** With {@code -Dhelp.write=true} the test writes the file anew. Read the diff before you commit it. */
    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", ""})
    void theLaunchersHelpIsTheRenderedHelp(String line) throws IOException {
        assertThat(holt.execute(line.isEmpty() ? new String[0] : new String[] {line})).isZero();
        if (Boolean.getBoolean("help.write")) {
            Files.write(HELP, output.toByteArray());
        }

        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(HELP));
    }

    @SuppressWarnings("unchecked")
    private <T> T parse(String line) {
        return (T) holt.parseArgs(line.split(" ")).subcommand().commandSpec().userObject();
    }
}
