package holt.standalone.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.standalone.hub.FakeHub.Asked;
import holt.standalone.hub.FakeHub.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullModelTest {
    private static final HubModel MODEL = HubModel.parse("otter/fish").orElseThrow();
    private static final String WEIGHTS = "model.safetensors";
    private static final int SIZE = 300_000;

    @TempDir Path models;

    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    private final FakeHub hub =
            new FakeHub()
                    .with("README.md", "# Otter")
                    .with("config.json", "{}")
                    .with("tokenizer.json", "{\"model\":{}}")
                    .with(WEIGHTS, random(SIZE));

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void whatIsNeededComesAndTheFolderAppearsWithAllOfIt() throws Exception {
        hub.with("pytorch_model.bin", random(10))
                .with("original/consolidated.safetensors", random(10))
                .with("onnx/model.onnx", random(10));

        Path folder = pull();

        assertThat(folder).isEqualTo(models.resolve("otter--fish"));
        assertThat(filesIn(models))
                .containsExactly(
                        ".pull/otter--fish.lock",
                        "otter--fish/config.json",
                        "otter--fish/hub.json",
                        "otter--fish/model.safetensors",
                        "otter--fish/tokenizer.json");
        for (String file : List.of("config.json", "tokenizer.json", WEIGHTS)) {
            assertThat(folder.resolve(file)).hasBinaryContent(hub.content(file));
        }
        assertThat(hub.asked)
                .extracting(Asked::path)
                .noneMatch(path -> path.matches(".*(bin|onnx|md|consol.*)"));
    }

    @Test
    void theTokenGoesToTheHubAndNotToTheHostThatKeepsLargeFiles() throws Exception {
        hub.token = "hf_secret";

        pull("hf_secret");

        assertThat(hub.asked)
                .filteredOn(asked -> asked.host().equals("hub"))
                .isNotEmpty()
                .allMatch(asked -> "Bearer hf_secret".equals(asked.authorization()));
        assertThat(hub.asked)
                .filteredOn(asked -> asked.host().equals("store"))
                .isNotEmpty()
                .allMatch(asked -> asked.authorization() == null);
        assertThat(new HubAddress(hub.url(), "hf_secret").toString()).doesNotContain("secret");
    }

    @Test
    void aConnectionThatEndsIsTakenUpWhereItEnded() throws Exception {
        hub.fails(WEIGHTS, new Fault.Cut(3_000), new Fault.Cut(100_000));

        Path folder = pull();

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(rangesOfWeights()).containsExactly(null, "bytes=3000-", "bytes=103000-");
    }

    @Test
    void aLaterRunGoesOnWhereAnEarlierOneGaveUp() throws Exception {
        Fault[] down = {
            new Fault.Cut(3_000),
            new Fault.Status(503),
            new Fault.Status(503),
            new Fault.Status(503),
            new Fault.Status(503),
        };
        hub.fails(WEIGHTS, down);
        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("could not download model.safetensors: HTTP 503")
                .hasMessageContaining("Run the same command again");
        assertThat(models.resolve("otter--fish")).doesNotExist();
        hub.asked.clear();

        Path folder = pull();

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(rangesOfWeights()).containsExactly("bytes=3000-");
    }

    @Test
    void aHubThatKnowsNoRangesSendsTheWholeAgain() throws Exception {
        hub.fails(WEIGHTS, new Fault.Cut(3_000), new Fault.IgnoreRange());

        assertThat(pull().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
    }

    @Test
    void aRangeThatTheHubRefusesIsGivenUpForTheWhole() throws Exception {
        hub.fails(WEIGHTS, new Fault.Cut(3_000), new Fault.Status(416));

        assertThat(pull().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(rangesOfWeights()).containsExactly(null, "bytes=3000-", null);
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors", "config.json"})
    void aDamagedFileIsBroughtAgain(String file) throws Exception {
        hub.fails(file, new Fault.Damage());

        assertThat(pull().resolve(file)).hasBinaryContent(hub.content(file));
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors", "config.json"})
    void aFileThatIsDamagedTwiceIsRefused(String file) {
        hub.fails(file, new Fault.Damage(), new Fault.Damage());

        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageContaining(file + " arrived damaged twice");
        assertThat(models.resolve("otter--fish")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 |                  |      | otter/fish is private, gated or not there",
                "401 |                  | mine | does not accept the token",
                "403 | GatedRepo        | mine | otter/fish is gated: ask for access on http",
                "404 | RevisionNotFound |      | otter/fish has no revision main",
                "404 | RepoNotFound     |      | there is no otter/fish, or no revision main",
                "416 |                  |      | the hub answers HTTP 416",
                "500 |                  |      | the hub answers HTTP 500"
            })
    void whatTheHubRefusesIsSaidInASentence(
            int code, @Nullable String errorCode, @Nullable String token, String sentence) {
        hub.refusal = new Fault.Status(code);
        hub.errorCode = errorCode == null ? "" : errorCode;

        assertThatThrownBy(() -> pull(token))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("mine");
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void aBusyHubIsAskedForTheListAsLateAsItSays(int code) throws Exception {
        hub.listFaults.add(new Fault.Status(code, "7"));
        hub.listFaults.add(new Fault.Status(code));

        assertThat(pull().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void aBusyHubIsAskedForAFileAsLateAsItSays(int code) throws Exception {
        hub.fails(WEIGHTS, new Fault.Status(code, "30"), new Fault.Status(code));

        assertThat(pull().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(waits).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    @Test
    void aHubThatStaysBusyIsNotAskedASixthTime() {
        hub.refusal = new Fault.Status(429);

        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessage("the hub answers HTTP 429 for otter/fish. Try again later");
        assertThat(hub.asked).hasSize(5);
    }

    @Test
    void theFilesThemselvesTellTheirSizesIfTheListDoesNot() throws Exception {
        hub.listsNamesOnly = true;

        Path folder = pull();

        for (String file : List.of("config.json", "tokenizer.json", WEIGHTS)) {
            assertThat(folder.resolve(file)).hasBinaryContent(hub.content(file));
        }
    }

    @Test
    void aHubThatCannotBeReachedIsNamed() {
        URI url = hub.url();
        hub.close();

        assertThatThrownBy(() -> pull(new HubAddress(url, null), Long.MAX_VALUE))
                .isInstanceOf(HubException.class)
                .hasMessage("cannot reach the hub " + url + ": nothing answers there");
    }

    @Test
    void noByteComesWhereThereIsNoRoom() {
        assertThatThrownBy(() -> pull(new HubAddress(hub.url(), null), SIZE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("otter/fish needs 300.0 kB more")
                .hasMessageContaining("has 300.0 kB left");
        assertThat(rangesOfWeights()).isEmpty();
    }

    @Test
    void whatIsThereDoesNotComeAgainAndANewCommitReplacesIt() throws Exception {
        pull();
        hub.asked.clear();
        pull();
        assertThat(hub.asked).hasSize(1); // the list

        hub.commit = "f".repeat(40);
        hub.with("config.json", "{\"new\":1}");
        Path folder = pull();

        assertThat(folder.resolve("config.json")).hasContent("{\"new\":1}");
        assertThat(folder.resolve("hub.json")).content().contains(hub.commit);
        assertThat(filesIn(models)).noneMatch(file -> file.startsWith(".pull/otter--fish/"));
    }

    @Test
    void aFolderThatDidNotComeFromAHubIsLeftAlone() throws IOException {
        Path own = Files.createDirectories(models.resolve("otter--fish"));
        Files.writeString(own.resolve("config.json"), "mine");

        assertThatThrownBy(this::pull)
                .isInstanceOf(HubException.class)
                .hasMessageContaining("was not pulled from a hub");
        assertThat(own.resolve("config.json")).hasContent("mine");
    }

    @Test
    void oneProcessPullsAModelAtATime() throws IOException {
        Files.createDirectories(models.resolve(".pull"));
        try (FileChannel other =
                FileChannel.open(
                        models.resolve(".pull/otter--fish.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            other.lock();

            assertThatThrownBy(this::pull)
                    .isInstanceOf(HubException.class)
                    .hasMessage("another process is pulling otter/fish");
        }
    }

    private Path pull() throws InterruptedException {
        return pull((String) null);
    }

    private Path pull(@Nullable String token) throws InterruptedException {
        return pull(new HubAddress(hub.url(), token), Long.MAX_VALUE);
    }

    private Path pull(HubAddress address, long space) throws InterruptedException {
        var silent = new Progress(new PrintStream(new ByteArrayOutputStream()), false);
        return new PullModel(address, MODEL, models, _ -> space, waits::add).pull(silent);
    }

    private List<@Nullable String> rangesOfWeights() {
        return hub.asked.stream()
                .filter(asked -> asked.host().equals("store"))
                .map(Asked::range)
                .toList();
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
