package holt.api.http;

import holt.api.ApiSettings;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Makes the container keep the limits of {@link ApiSettings} and speak in both error shapes. */
@Component
final class ConfigureTomcat
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private final ApiSettings.Connections limits;
    private final LeaveGently leave;

    ConfigureTomcat(ApiSettings settings, LeaveGently leave) {
        limits = settings.connections();
        this.leave = leave;
    }

    /** After Spring Boot's own, whose error report must stay outside of ours. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(HttpProtocol.class.getName());
        factory.setRegisterDefaultServlet(false);
        // The container's is no JSON.
        TLSClientHelloExtractor.USE_TLS_RESPONSE = Refusals.tlsNeeded();
        factory.addEngineValves(new LeaveUnread());
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ReportRefusal.class.getName());
            host.getPipeline().addValve(new ReportRefusal());
        });
        factory.addConnectorCustomizers(connector -> {
            // Model ids such as ORG/NAME are one path segment to some clients.
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            configure(connector.getProtocolHandler());
        });
    }

    private void configure(ProtocolHandler handler) {
        var http = (HttpProtocol) handler;
        http.setMaxHttpRequestHeaderSize((int) limits.maxHeader().toBytes());
        http.setLeaving(leave::isLeaving);
        http.setHeaderTimeout(limits.headerTimeout());
        http.setConnectionTimeout((int) limits.headerTimeout().toMillis());
        http.setDisableUploadTimeout(false);
        http.setConnectionUploadTimeout((int) limits.bodyTimeout().toMillis());
        http.setKeepAliveTimeout((int) limits.keepAlive().toMillis());
        http.setMaxKeepAliveRequests(-1);
        http.setMaxConnections(20_000);
        http.setAcceptCount(1024);
        // Only who reads a body asks for it: a refusal by the header alone costs no upload.
        http.setContinueResponseTiming("onRead");
    }
}
