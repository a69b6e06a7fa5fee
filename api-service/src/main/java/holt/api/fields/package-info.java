/**
 * Single fields of requests: how a number, a choice or a part of a form is read, and how a client is told which one was wrong. The same for
 * all routes; knows none of them.
 */
@NullMarked
package holt.api.fields;

import org.jspecify.annotations.NullMarked;
