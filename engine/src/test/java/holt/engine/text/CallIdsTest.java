package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.text.tools.CallFamily;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallIdsTest {
    private static final ToolCall CALL = new ToolCall("c", "f", "{}");

    @Test
    void otherConversationsHaveOtherIds() {
        assertThat(
                        Stream.of(
                                        List.of(new ChatTurn("user", null)),
                                        List.of(new ChatTurn("user", "null")),
                                        List.of(new ChatTurn("user", "ab")),
                                        List.of(new ChatTurn("usera", "b")),
                                        List.of(new ChatTurn("user", ""), new ChatTurn("user", "")),
                                        turn("r", List.of(), null, null),
                                        turn(null, List.of(CALL), null, null),
                                        turn(null, List.of(CALL, CALL), null, null),
                                        turn(null, List.of(), "c", null),
                                        turn(null, List.of(), null, "c"))
                                .map(turns -> CallIds.of(CallFamily.HERMES, turns, 0, 0)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("call_[0-9a-f]{24}"));
    }

    @Test
    void eachCallOfAnAnswerHasItsOwnIdAndKeepsIt() {
        List<ChatTurn> turns = turn("r", List.of(CALL), "c", "n");

        assertThat(CallIds.of(CallFamily.JSON, turns, 0, 1))
                .isEqualTo(
                        CallIds.of(
                                CallFamily.JSON,
                                turn("r", List.of(new ToolCall("c", "f", "{}")), "c", "n"),
                                0,
                                1))
                .isNotEqualTo(CallIds.of(CallFamily.JSON, turns, 1, 0));
        assertThat(CallIds.of(CallFamily.MISTRAL, turns, 0, 0)).matches("[a-z0-9]{9}");
    }

    private static List<ChatTurn> turn(
            @Nullable String reasoning,
            List<ToolCall> calls,
            @Nullable String toolCallId,
            @Nullable String name) {
        return List.of(new ChatTurn("assistant", "a", reasoning, calls, toolCallId, name));
    }
}
