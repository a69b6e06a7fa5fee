package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AnswerFailuresTest {
    static Stream<IOException> failedWrites() {
        return Stream.of(
                new ClientAbortException("broken pipe"),
                new AsyncRequestNotUsableException("broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("failedWrites")
    void nothingIsWrittenToAClientThatHasLeft(IOException failure) throws Exception {
        @RestController
        class Writer {
            @GetMapping("/")
            void write() throws IOException {
                throw failure;
            }
        }

        MockHttpServletResponse response =
                MockMvcBuilders.standaloneSetup(new Writer())
                        .setControllerAdvice(
                                new AnswerFailures(
                                        new NearestRoute(
                                                new StaticListableBeanFactory()
                                                        .getBeanProvider(
                                                                RequestMappingHandlerMapping
                                                                        .class))))
                        .build()
                        .perform(
                                MockMvcRequestBuilders.get("/")
                                        .requestAttr(
                                                RequestStamp.ATTRIBUTE, RequestStamp.draw(null)))
                        .andReturn()
                        .getResponse();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEmpty();
        assertThat(response.getHeaderNames()).isEmpty();
    }
}
