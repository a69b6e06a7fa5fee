package holt.api.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The caller that a valid token names. Its scopes are those of {@code scope} or {@code scp} that begin with {@code holt:}. A team has the limits
 * of its newest key.
 *
 * @param teamClaim null if each subject is a caller of its own
 * @param limits of a team
 */
record TokenCaller(@Nullable String teamClaim, Function<String, Optional<Limits>> limits) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@|-]{1,64}");
    private static final String SCOPE = "holt:";
    private static final int DIGITS = 16;

    Caller of(JWTClaimsSet claims) throws ParseException {
        String subject = "sub:" + name(Objects.requireNonNull(claims.getSubject()));
        String team = teamClaim == null ? null : claims.getStringClaim(teamClaim);
        String id = team == null || team.isEmpty() ? subject : "team:" + name(team);
        return new Caller(id, subject, scopes(claims), limits.apply(id).orElse(Limits.USUAL));
    }

    /** A text that could not stand in a row of usage is its digest. */
    private static String name(String text) {
        return NAME.matcher(text).matches()
                ? text
                : Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    private static Set<Scope> scopes(JWTClaimsSet claims) throws ParseException {
        List<String> granted = granted(claims);
        var scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if (granted.contains(SCOPE + scope.label())) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    /** A text with spaces (RFC 9068), or a list, as some issuers write it. */
    private static List<String> granted(JWTClaimsSet claims) throws ParseException {
        String claim = claims.getClaim("scope") == null ? "scp" : "scope";
        if (claims.getClaim(claim) instanceof String text) {
            return Arrays.asList(text.split(" "));
        }
        List<String> list = claims.getStringListClaim(claim);
        return list == null ? List.of() : list;
    }
}
