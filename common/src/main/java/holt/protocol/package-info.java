/** Everything that travels over Kafka: sealed records, typed ids and their versioned JSON codec. Knows no Kafka client. */
@NullMarked
package holt.protocol;

import org.jspecify.annotations.NullMarked;
