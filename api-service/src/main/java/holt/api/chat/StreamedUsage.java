package holt.api.chat;

import org.jspecify.annotations.Nullable;

/** Which chunk of a stream carries the usage. */
enum StreamedUsage {
    NONE,
    /** A chunk of its own, after all others. */
    OWN_CHUNK,
    /** The last answer's last chunk. */
    FINISH_CHUNK;

    /** The client library of a communication node names itself so. Clients in Go that set no name of their own do, too. */
    private static final String NODE = "Go-http-client/";

    /**
     * A node forwards no {@code stream_options}, so its clients cannot ask for the usage. The network's standard has it in the last chunk.
     *
     * @param include what the client asks for; null: nothing
     * @param userAgent the header's value; null: none
     */
    static StreamedUsage of(@Nullable Boolean include, @Nullable String userAgent) {
        if (include != null) {
            return include ? OWN_CHUNK : NONE;
        }
        return userAgent != null && userAgent.startsWith(NODE) ? FINISH_CHUNK : NONE;
    }
}
