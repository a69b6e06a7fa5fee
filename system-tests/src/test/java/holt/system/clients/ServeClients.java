package holt.system.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all client tests of a JVM one {@link StandaloneHolt}, which starts at its first use and ends with the test run. */
final class ServeClients implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ServeClients.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StandaloneHolt.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        StandaloneHolt.class, _ -> startStandalone(), StandaloneHolt.class);
    }

    private static StandaloneHolt startStandalone() {
        try {
            return StandaloneHolt.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
