/** Certificates and keys from the files that settings name. */
@NullMarked
package holt.tls;

import org.jspecify.annotations.NullMarked;
