/**
 * Tests on three brokers that check rights: {@code mvn verify -Pcluster -pl system-tests -am}.
 *
 * <p>Easy to get wrong: the rights are those of docs/operations.md. A process that needs another one fails {@link
 * holt.system.cluster.SecuredClusterIT}.
 */
@NullMarked
package holt.system.cluster;

import org.jspecify.annotations.NullMarked;
