package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.standalone.hub.HubModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseCommandTest {
    private static final Path HOME = Path.of("/holt");
    private static final URI LOCAL = URI.create("http://127.0.0.1:1088");

    @TempDir Path models;

    @Test
    void upHasDefaultsForEverything() {
        assertThat(parse("up")).isEqualTo(new Command.Up(1088, HOME.resolve("data"), null, 1));
    }

    @Test
    void flagsTakeTheirValueAfterASpaceOrAnEqualsSign() {
        assertThat(parse("up --port=0 --data /tmp/otter --workers 3 --models " + models))
                .isEqualTo(new Command.Up(0, Path.of("/tmp/otter"), models, 3));
    }

    @Test
    void servicesNeedBrokerAndStore() {
        URI s3 = URI.create("http://s:9000");

        assertThat(parse("api --kafka a:1,b:2 --s3 http://s:9000 --port 1090"))
                .isEqualTo(new Command.Api("a:1,b:2", s3, 1090, "127.0.0.1"));
        assertThat(parse("worker --kafka a:1 --s3 http://s:9000 --device cuda:1"))
                .isEqualTo(new Command.Worker("a:1", s3, null, "cuda:1"));
    }

    @Test
    void modelsArePulledToWhereUpFindsThem() {
        var fish = new HubModel("otter", "fish", null, "v2");

        assertThat(parse("pull otter/fish@v2"))
                .isEqualTo(new Command.Pull(fish, HOME.resolve("data/models")));
        assertThat(parse("pull --data=/tmp/otter otter/fish@v2"))
                .isEqualTo(new Command.Pull(fish, Path.of("/tmp/otter/models")));
        assertThat(parse("pull otter/fish@v2 --models /not/yet"))
                .isEqualTo(new Command.Pull(fish, Path.of("/not/yet")));
        assertThat(parse("models"))
                .isEqualTo(
                        new Command.Models(
                                HOME.resolve("data"), HOME.resolve("data/models"), LOCAL));
        assertThat(parse("chat otter--fish")).isEqualTo(new Command.Chat("otter--fish", LOCAL));
        assertThat(parse("chat --url http://h:9 fish"))
                .isEqualTo(new Command.Chat("fish", URI.create("http://h:9")));
    }

    @Test
    void withoutACommandItHelps() {
        assertThat(ParseCommand.parse(List.of(), HOME)).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "fly, There is no command 'fly'",
                "up --prot 1, does not know --prot",
                "up --port, --port needs a value",
                "up --port --data x, --port needs a value",
                "up --port 65535, --port needs a number from 0 to 65534",
                "up --port -1, --port needs a number",
                "up --workers many, --workers needs a number from 0 to 64",
                "up --models /nowhere/at/all, --models needs a folder that is there",
                "pull, holt pull needs a model: ORG/NAME",
                "pull fish, holt pull needs ORG/NAME or ORG/NAME/FILE.gguf",
                "pull otter/fish more, holt pull does not know more",
                "models --models /nowhere, --models needs a folder that is there",
                "chat, holt chat needs a model",
                "chat fish --url here, --url needs a URL",
                "worker --s3 http://s:9000, --kafka is needed",
                "worker --kafka a --s3 http://s:9000, --kafka needs HOST:PORT",
                "worker --kafka a:1, --s3 is needed",
                "worker --kafka a:1 --s3 s:9000, --s3 needs a URL",
                "worker --kafka a:1 --s3 http://s --device gpu, \"--device needs auto, cpu or cuda:N\""
            })
    void saysWhatIsWrong(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence);
    }

    private static Command parse(String line) {
        return ParseCommand.parse(List.of(line.split(" ")), HOME);
    }
}
