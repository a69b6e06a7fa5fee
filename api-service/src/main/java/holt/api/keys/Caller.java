package holt.api.keys;

import holt.api.audit.AuditEntry;
import jakarta.servlet.ServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param id the team of the key, or {@code key:<id>} if it has none
 * @param key the key's id, for logs
 */
public record Caller(String id, String key, Set<Scope> scopes, Limits limits) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /** Everybody, where no keys are needed. */
    public static final Caller ANYBODY =
            new Caller("", "none", EnumSet.allOf(Scope.class), Limits.NONE);

    /** Whoever has the key of {@code HOLT_ADMIN_KEY}. */
    static final Caller ADMIN =
            new Caller("admin", "admin", EnumSet.allOf(Scope.class), Limits.NONE);

    static Caller of(AccessKey key) {
        return new Caller(key.caller(), key.id(), key.scopes(), key.limits());
    }

    /** The caller of a request that {@link Authenticate} let pass. */
    public static Caller of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request was not authenticated");
    }

    /** Whether it has a key. */
    public boolean isKnown() {
        return !id.isEmpty();
    }

    /**
     * Whether it may see and cancel jobs of that caller. An operator may with all jobs.
     *
     * @param owner null if the job's caller needed no key
     */
    public boolean owns(@Nullable String owner) {
        return !isKnown() || scopes.contains(Scope.OPERATOR) || id.equals(owner);
    }

    /**
     * A change that the caller of the request asks for.
     *
     * @param action such as {@code key.created}
     * @param target what changes
     */
    public static AuditEntry change(
            ServletRequest request, String action, String target, @Nullable String detail) {
        return new AuditEntry(of(request).key(), request.getRemoteAddr(), action, target, detail);
    }

    /** Makes it the caller of the request. */
    public void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
