package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second run of a chat, in another engine and among other requests. A stream goes on where the text repeats. */
@Timeout(120)
class RepeatedTextTest {
    private static final Path FOLDER = Path.of("../models/holt-chat");
    private static final int CHATS = 100;
    private static final int TOKENS = 48;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @Test
    @DisplayName("R103: at temperature 1, at least 95 of 100 texts repeat in another run")
    void atLeast95Of100TextsRepeat() throws Exception {
        List<Integer> chats = new ArrayList<>(IntStream.range(0, CHATS).boxed().toList());
        List<String> first = texts(chats, 16);
        Collections.shuffle(chats, new Random(1));
        List<String> second = texts(chats, 5);

        assertThat(Set.copyOf(first)).hasSizeGreaterThan(CHATS / 2);
        assertThat(IntStream.range(0, CHATS).filter(i -> first.get(i).equals(second.get(i))))
                .hasSizeGreaterThanOrEqualTo(95);
    }

    /** The text of each chat, in the order of their numbers. */
    private static List<String> texts(List<Integer> chats, int atOnce) throws Exception {
        try (TextEngine engine =
                TextModels.load(FOLDER, TextModelOptions.of("cpu", null).withMaxBatch(atOnce))) {
            List<RecordedEvents> events =
                    IntStream.range(0, CHATS).mapToObj(_ -> new RecordedEvents()).toList();
            chats.forEach(chat -> engine.submit(request(chat), events.get(chat)));
            List<String> texts = new ArrayList<>();
            for (RecordedEvents each : events) {
                assertThat(each.end()).isInstanceOf(TextEvent.Finished.class);
                texts.add(each.text());
            }
            return texts;
        }
    }

    private static TextRequest request(int chat) {
        return new TextRequest(
                new RequestId("chat " + chat),
                List.of(new ChatTurn("user", "Tell me of animal number " + chat + ".")),
                new Sampling(1, 1, (long) Objects.hash("job", chat) << 20),
                TOKENS,
                List.of(),
                0);
    }
}
