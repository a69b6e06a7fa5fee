/**
 * The Tomcat connector: strict parsing, time-outs, Tomcat's own error answers, and the lame-duck phase at the end.
 *
 * <p>Easy to get wrong: Tomcat refuses some requests before any controller sees them. Those answers need both error shapes, too.
 *
 * <p>Does not know bodies, routes or jobs. docs/adr/0008-subclassing-tomcat.md says why these classes extend Tomcat's.
 */
@NullMarked
package holt.api.http.tomcat;

import org.jspecify.annotations.NullMarked;
