/**
 * Streams a chat's replies to its client: {@link holt.api.stream.StreamReplies} submits the job, {@link holt.api.stream.WriteStream} waits for
 * replies, and a {@link holt.api.stream.StreamWriter} writes them in the form of one API.
 */
@NullMarked
package holt.api.stream;

import org.jspecify.annotations.NullMarked;
