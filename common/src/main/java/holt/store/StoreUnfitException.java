package holt.store;

import org.jspecify.annotations.Nullable;

/** Holt cannot work with the object store. The message says what is wrong and what to do. */
public final class StoreUnfitException extends RuntimeException {
    StoreUnfitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
