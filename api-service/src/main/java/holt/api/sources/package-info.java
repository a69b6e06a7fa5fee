/** Pictures that clients send or point to, as this service goes on with them. */
@NullMarked
package holt.api.sources;

import org.jspecify.annotations.NullMarked;
