package holt.api.http.tomcat;

import holt.api.ApiSettings;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Sets Tomcat's limits from {@link ApiSettings} and installs our connector classes. */
@Component
final class ConfigureTomcat
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private final ApiSettings.Connections limits;
    private final LameDuckPhase lameDuck;

    ConfigureTomcat(ApiSettings settings, LameDuckPhase lameDuck) {
        limits = settings.connections();
        this.lameDuck = lameDuck;
    }

    /** After Spring Boot's own customizers, whose error report must stay outside of ours. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(HttpProtocol.class.getName());
        factory.setRegisterDefaultServlet(false);
        // Tomcat's own text is not JSON.
        TLSClientHelloExtractor.USE_TLS_RESPONSE = ContainerErrors.tlsNeeded();
        factory.addEngineValves(new SkipRestOfBody());
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ReportContainerErrors.class.getName());
            host.getPipeline().addValve(new ReportContainerErrors());
        });
        factory.addConnectorCustomizers(connector -> {
            // Some clients send a model id such as ORG/NAME as one path segment.
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            configure(connector.getProtocolHandler());
        });
    }

    private void configure(ProtocolHandler handler) {
        var http = (HttpProtocol) handler;
        http.setMaxHttpRequestHeaderSize((int) limits.maxHeader().toBytes());
        http.setStopping(lameDuck::isStopping);
        http.setHeaderTimeout(limits.headerTimeout());
        http.setConnectionTimeout((int) limits.headerTimeout().toMillis());
        http.setDisableUploadTimeout(false);
        http.setConnectionUploadTimeout((int) limits.bodyTimeout().toMillis());
        http.setKeepAliveTimeout((int) limits.keepAlive().toMillis());
        http.setMaxKeepAliveRequests(-1);
        http.setMaxConnections(20_000);
        http.setAcceptCount(1024);
        // Ask for the body only when it is read. A refusal by the header alone then costs no
        // upload.
        http.setContinueResponseTiming("onRead");
    }
}
