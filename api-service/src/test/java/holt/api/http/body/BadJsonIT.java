package holt.api.http.body;

import holt.api.edge.BadInput;
import holt.api.edge.RefusalContract;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are not one valid JSON object. */
class BadJsonIT extends RefusalContract {
    static Stream<BadInput> cases() {
        return JsonInput.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefused(BadInput bad) throws IOException {
        refused(bad);
    }
}
