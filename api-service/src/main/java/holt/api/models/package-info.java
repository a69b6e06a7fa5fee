/**
 * Which models there are: those that workers announce on {@code holt.workers} and those remembered on {@code holt.settings}. Nothing is
 * configured here.
 */
@NullMarked
package holt.api.models;

import org.jspecify.annotations.NullMarked;
