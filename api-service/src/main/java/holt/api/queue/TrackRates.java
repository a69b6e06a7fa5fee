package holt.api.queue;

import holt.api.keys.Caller;

/** What callers have sent lately, to whichever instance. */
@FunctionalInterface
public interface TrackRates {
    RateLimits of(Caller caller);
}
