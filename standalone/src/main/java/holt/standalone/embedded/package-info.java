/**
 * A real Kafka broker and a real S3 endpoint in this JVM, and the data directory with everything that they keep.
 *
 * <p>Easy to get wrong: ports and keys must stay the same over restarts, because signed URLs and separate workers use them. One process
 * at a time may use a data directory.
 *
 * <p>Knows no API, no worker, no Spring and no command line.
 */
@NullMarked
package holt.standalone.embedded;

import org.jspecify.annotations.NullMarked;
