package holt.api.http;

import java.io.IOException;

/** The client has closed its connection, so nobody reads the answer. */
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException() {
        super("the client has gone");
    }
}
