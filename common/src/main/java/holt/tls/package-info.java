/**
 * The PEM files with certificates and keys that settings name.
 *
 * <p>Easy to get wrong: a message names the setting and the file, never the content.
 *
 * <p>Knows no Kafka, no object store and no server.
 */
@NullMarked
package holt.tls;

import org.jspecify.annotations.NullMarked;
