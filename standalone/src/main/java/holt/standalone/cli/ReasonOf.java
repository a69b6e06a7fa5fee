package holt.standalone.cli;

import holt.api.keys.NoKeysException;
import holt.engine.UnloadableModelException;
import holt.kafka.BrokerUnfitException;
import holt.standalone.client.HoltAnswerException;
import holt.standalone.embedded.CannotStartException;
import holt.standalone.hub.HubException;
import holt.store.StoreUnfitException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** Finds the sentence for the user in a failure that frameworks have wrapped. */
final class ReasonOf {
    private ReasonOf() {}

    static String failure(Throwable failure) {
        return first(failure, ReasonOf::isOurs)
                .map(ReasonOf::message)
                .or(() ->
                        first(failure, PortInUseException.class::isInstance)
                                .map(inUse -> portInUse(((PortInUseException) inUse).getPort())))
                .or(() ->
                        first(failure, BindException.class::isInstance)
                                .map(wrong -> setting((BindException) wrong)))
                .orElseGet(() -> message(innermost(failure)));
    }

    static String portInUse(int port) {
        return "port "
                + port
                + " is in use: stop the program that uses it, or choose another with --port N"
                + " (health and metrics take the port after the API's)";
    }

    private static boolean isOurs(Throwable cause) {
        return cause instanceof CannotStartException
                || cause instanceof NoKeysException
                || cause instanceof BrokerUnfitException
                || cause instanceof StoreUnfitException
                || cause instanceof UnloadableModelException
                || cause instanceof HubException
                || cause instanceof HoltAnswerException;
    }

    /** Our own checks name the setting. For a value of the wrong type, only the binder knows the setting. */
    private static String setting(BindException wrong) {
        String said = message(innermost(wrong));
        String key = wrong.getName().toString();
        return said.startsWith("holt.")
                ? said
                : key + ": the value has the wrong type (" + said + ")";
    }

    private static Optional<Throwable> first(Throwable failure, Predicate<Throwable> wanted) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(wanted)
                .findFirst();
    }

    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
