package holt.api.http;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Browsers that ask for the pages of another site are told no, in our words instead of the framework's. */
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
                                "pages of other sites may not ask this service"));
            }
            return !refused;
        });
        return mapping;
    }
}
