package holt.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ExchangeTest {
    private final AtomicInteger gone = new AtomicInteger();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final Exchange exchange = exchange();

    private Exchange exchange() {
        var socket = new NioEndpoint.NioSocketWrapper(new NioChannel(null), new NioEndpoint());
        request.setAsyncSupported(true);
        request.setAttribute(RequestStamp.ATTRIBUTE, RequestStamp.draw(null));
        request.setAttribute(
                ClientConnection.ATTRIBUTE,
                new ClientConnection(socket, new Response(), () -> false));
        return new Exchange(request, response, gone::incrementAndGet);
    }

    /** Otherwise Tomcat would reuse the writer's response for another request. */
    @Test
    void tomcatEndsAFailedRequestAfterItsWriterIsDone() throws Exception {
        var writing = new CountDownLatch(1);
        var out = new CountDownLatch(1);
        exchange.end(() -> {
            writing.countDown();
            awaitOrFail(out);
            throw new IOException("broken pipe");
        });
        writing.await();

        Thread container = Thread.startVirtualThread(this::failAsTheContainerDoes);

        Await.until(() -> gone.get() == 1 && container.getState() != Thread.State.RUNNABLE);
        assertThat(container.isAlive()).isTrue();
        assertThat(exchange.isOver()).isFalse();
        out.countDown();
        container.join();
        assertThat(exchange.isOver()).isTrue();
        assertThat(gone).hasValue(1);
    }

    @Test
    void aFailedWriteEndsTheExchange() {
        exchange.end(() -> {
            throw new IOException("broken pipe");
        });

        Await.until(exchange::isOver);
    }

    @Test
    void anAnswerThatCannotBeMadeIsAnInternalError() {
        exchange.end(() -> {
            throw new IllegalStateException("broken");
        });

        Await.until(exchange::isOver);
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsByteArray())
                .asString(UTF_8)
                .contains("\"internal error\"")
                .doesNotContain("broken");
    }

    @Test
    void nothingIsWrittenToARequestThatTomcatHasEnded() {
        failAsTheContainerDoes();

        var written = new AtomicBoolean();
        exchange.end(() -> written.set(true));

        assertThat(exchange.isOver()).isTrue();
        assertThat(written).isFalse();
    }

    private void failAsTheContainerDoes() {
        var async = (MockAsyncContext) request.getAsyncContext();
        for (AsyncListener listener : async.getListeners()) {
            try {
                listener.onError(new AsyncEvent(async));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
