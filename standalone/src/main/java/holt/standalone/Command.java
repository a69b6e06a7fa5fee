package holt.standalone;

import holt.standalone.hub.HubModel;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Command {
    /**
     * Everything in one process.
     *
     * @param port of the API; 0 takes a free one
     * @param models beside the built-in ones; null: where {@code pull} puts them
     */
    record Up(int port, Path data, @Nullable Path models, int workers) implements Command {}

    /** The API service alone. */
    record Api(String kafka, URI s3, int port, String address) implements Command {}

    /** A worker alone. */
    record Worker(String kafka, URI s3, @Nullable Path models, String device) implements Command {}

    /** A model is brought from a hub. */
    record Pull(HubModel model, Path models) implements Command {}

    /**
     * What can be served and what is served.
     *
     * @param url where a Holt may run
     */
    record Models(Path data, Path models, URI url) implements Command {}

    /** A conversation with a Holt that runs. */
    record Chat(String model, URI url) implements Command {}

    record Help() implements Command {}
}
