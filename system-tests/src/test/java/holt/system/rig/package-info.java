/**
 * Holt as processes that tests can kill: a broker with its store, API instances, and workers with the scripted engine.
 *
 * <p>{@link holt.system.rig.ThreeBrokers} replace the one broker where a test needs copies, logins or rights.
 *
 * <p>Easy to get wrong: {@link holt.system.rig.Cluster#worker} returns once every live API instance lists its model. Locks and sessions are
 * shorter than in use.
 *
 * <p>Does not know the tests.
 */
@NullMarked
package holt.system.rig;

import org.jspecify.annotations.NullMarked;
