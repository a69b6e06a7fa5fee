package holt.api.http.tomcat;

import holt.api.edge.BadInput;
import holt.api.edge.RefusalContract;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are wrong before anybody reads their body. */
class BadTransportIT extends RefusalContract {
    static Stream<BadInput> cases() {
        return TransportInput.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefused(BadInput bad) throws IOException {
        refused(bad);
    }
}
