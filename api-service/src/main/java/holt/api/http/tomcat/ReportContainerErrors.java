package holt.api.http.tomcat;

import holt.api.http.Answers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the bodies of Tomcat's own refusals in both error shapes, for example for a path that it does not decode. */
final class ReportContainerErrors extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ReportContainerErrors.class);

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (!writable.get()) {
            return;
        }
        int status = response.getStatus();
        try {
            Answers.json(request, response, status, ContainerErrors.body(status));
            response.finishResponse();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("client left before its refusal was written");
        }
    }
}
