/**
 * The engine of the tests. A prompt says what it does: answer, fail, hang, or end its process. A file logs each run.
 *
 * <p>Easy to get wrong: {@code times} counts the runs of a nonce over all workers, so each request needs a nonce of its own.
 *
 * <p>Does not know processes, HTTP or topics.
 */
@NullMarked
package holt.system.rig.script;

import org.jspecify.annotations.NullMarked;
