package holt.api.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** The first thing that runs for every request, also for those that the container refuses: gives it its id. */
final class StampRequest extends ValveBase {
    StampRequest() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RequestStamp.put(request, request.getHeader("X-Request-Id")).writeTo(response);
        getNext().invoke(request, response);
    }
}
