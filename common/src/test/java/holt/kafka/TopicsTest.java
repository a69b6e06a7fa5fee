package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import holt.protocol.ModelName;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final List<String> DEFAULT_NAMES =
            List.of(
                    "holt.jobs.otter",
                    "holt.waiting",
                    "holt.replies",
                    "holt.events",
                    "holt.commands",
                    "holt.settings",
                    "holt.keys",
                    "holt.controls",
                    "holt.audit",
                    "holt.usage",
                    "holt.workers",
                    "holt.dead",
                    "holt.undelivered",
                    "holt.owners",
                    "holt.line",
                    "holt.check",
                    "holt.retry.1s",
                    "holt.retry.5s",
                    "holt.retry.30s");

    @Test
    void theNamesWithTheDefaultPrefix() {
        assertThat(names(TOPICS, new ModelName("otter"))).containsExactlyElementsOf(DEFAULT_NAMES);
    }

    @Test
    @DisplayName("R102: the prefix begins each name")
    void thePrefixReplacesTheDefaultOneInEachName() {
        assertThat(names(new Topics("team-a.holt."), new ModelName("otter")))
                .containsExactlyElementsOf(
                        DEFAULT_NAMES.stream().map(name -> "team-a." + name).toList());
    }

    @Test
    void theLongestPrefixLeavesRoomForTheQueueOfEveryModel() {
        var topics = new Topics("p".repeat(Topics.LONGEST_PREFIX));

        // In lower case, this letter is two.
        for (String letter : List.of("Ä", "İ")) {
            assertThat(names(topics, new ModelName(letter.repeat(200))))
                    .allSatisfy(name ->
                            assertThatCode(() -> Topic.validate(name)).doesNotThrowAnyException());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics("p".repeat(Topics.LONGEST_PREFIX + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b.", "ä.", "a/b", "holt.\n", "__holt."})
    void aWrongPrefixIsRefusedByTheSettingsName(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(prefix))
                .withMessageStartingWith("holt.kafka.topic-prefix: write 1 to 35 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "Team_A-1.holt.", "_holt."})
    void aPrefixOfTopicCharactersIsTaken(String prefix) {
        assertThat(new Topics(prefix).events()).isEqualTo(prefix + "events");
    }

    @Test
    @DisplayName(
            "R17: the first failed attempt waits on 1s, the second on 5s, every later one on 30s")
    void delaysGrowUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 4).mapToObj(Topics.Retry::after).map(TOPICS::retry))
                .containsExactly(
                        "holt.retry.1s", "holt.retry.5s", "holt.retry.30s", "holt.retry.30s");
    }

    private static List<String> names(Topics topics, ModelName model) {
        return Stream.concat(
                        Stream.of(
                                topics.queue(model),
                                topics.waiting(),
                                topics.replies(),
                                topics.events(),
                                topics.commands(),
                                topics.settings(),
                                topics.keys(),
                                topics.controls(),
                                topics.audit(),
                                topics.usage(),
                                topics.workers(),
                                topics.dead(),
                                topics.undelivered(),
                                topics.owners(),
                                topics.line(),
                                topics.checkedGroup()),
                        Stream.of(Topics.Retry.values()).map(topics::retry))
                .toList();
    }
}
