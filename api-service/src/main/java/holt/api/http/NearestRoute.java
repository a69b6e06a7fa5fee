package holt.api.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Finds the route that a client with a wrong path probably meant. */
@Component
final class NearestRoute {
    private static final int LONGEST = 200;

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    /** @param mappings read later, since they need the controllers */
    NearestRoute(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The path of the nearest route, such as {@code /v1/jobs/{id}}. */
    Optional<String> to(String path) {
        List<String> routes = new ArrayList<>();
        mappings.forEach(mapping ->
                mapping.getHandlerMethods()
                        .keySet()
                        .forEach(route ->
                                route.getPatternValues()
                                        .forEach(pattern ->
                                                routes.add(pattern.replace("{*", "{")))));
        return nearest(path, routes);
    }

    /** Repeated slashes, a slash at the end, capitals, and what stands for a variable do not count. */
    static Optional<String> nearest(String path, Collection<String> routes) {
        String plain =
                path.toLowerCase(Locale.ROOT).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        String start = plain.substring(0, Math.min(plain.length(), LONGEST));
        return routes.stream()
                .min(
                        Comparator.<String>comparingInt(
                                        route -> distance(start, filled(route, start)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** The route with the path's own segments in place of its variables. */
    private static String filled(String route, String path) {
        String[] parts = route.split("/", -1);
        String[] given = path.split("/", -1);
        for (int i = 0; i < Math.min(parts.length, given.length); i++) {
            if (parts[i].startsWith("{")) {
                parts[i] = given[i];
            }
        }
        return String.join("/", parts);
    }

    /** The number of characters to insert, delete or replace (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
