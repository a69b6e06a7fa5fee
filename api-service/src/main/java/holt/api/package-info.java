/** The HTTP service: every request becomes a job on Kafka, every reply comes back to the instance that waits. */
@NullMarked
package holt.api;

import org.jspecify.annotations.NullMarked;
