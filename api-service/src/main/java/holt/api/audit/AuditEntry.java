package holt.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A change that an operator has asked for, as {@code holt.audit} holds it. It has no secret and no prompt.
 *
 * @param by the id of the operator's key; {@code none} where callers need no key
 * @param from the address that sent the request
 * @param action such as {@code model.paused}
 * @param target what changes, such as a model's name
 * @param detail in words; null if the action says all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String by, String from, String action, String target, @Nullable String detail) {}
