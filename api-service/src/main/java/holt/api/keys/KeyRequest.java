package holt.api.keys;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a new key.
 *
 * @param scopes {@code user} if absent
 * @param expiresIn seconds
 * @param limits the usual ones if absent
 */
record KeyRequest(
        @Nullable String name,
        @Nullable String team,
        @Nullable List<String> scopes,
        @Nullable Long expiresIn,
        @Nullable LimitsRequest limits) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String SCOPES = "a list of user, operator and metrics";
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the field's name */
    AccessKey key(KeySecret secret, Instant now) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw invalid("name", "1 to 100 characters");
        }
        require(
                team == null || TEAM.matcher(team).matches(),
                "team",
                "1 to 64 letters, digits, dots and dashes");
        require(
                expiresIn == null || (expiresIn > 0 && expiresIn <= LONGEST),
                "expires_in",
                "1 to " + LONGEST + " seconds");
        return new AccessKey(
                secret.id(),
                name,
                team,
                wantedScopes(),
                limits == null ? Limits.USUAL : limits.changed(Limits.USUAL),
                secret.digest(),
                now,
                expiresIn == null ? null : now.plusSeconds(expiresIn),
                null);
    }

    private Set<Scope> wantedScopes() {
        if (scopes == null) {
            return EnumSet.of(Scope.USER);
        }
        require(!scopes.isEmpty(), "scopes", SCOPES);
        var wanted = EnumSet.noneOf(Scope.class);
        for (String scope : scopes) {
            switch (scope) {
                case "user" -> wanted.add(Scope.USER);
                case "operator" -> wanted.add(Scope.OPERATOR);
                case "metrics" -> wanted.add(Scope.METRICS);
                case null, default -> throw invalid("scopes", SCOPES);
            }
        }
        return wanted;
    }

    private static void require(boolean valid, String field, String expected) {
        if (!valid) {
            throw invalid(field, expected);
        }
    }

    private static RequestRejectedException invalid(String field, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, field + ": must be " + expected, field, null);
    }
}
