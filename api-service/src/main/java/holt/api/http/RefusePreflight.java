package holt.api.http;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses CORS preflight requests, in our error shapes instead of Spring's. */
@Component
final class RefusePreflight implements WebMvcRegistrations {
    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        var mapping = new RequestMappingHandlerMapping();
        mapping.setCorsProcessor((_, request, response) -> {
            boolean refused = CorsUtils.isPreFlightRequest(request);
            if (refused) {
                Answers.failure(
                        request,
                        response,
                        new RequestRejectedException(
                                Failure.PERMISSION_DENIED,
                                "web pages of other sites may not call this service"));
            }
            return !refused;
        });
        return mapping;
    }
}
