/** Stored pictures over HTTP. */
@NullMarked
package holt.api.files;

import org.jspecify.annotations.NullMarked;
