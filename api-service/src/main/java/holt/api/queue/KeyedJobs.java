package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.RequestKey;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.api.queue.waiting.ReplyListener;
import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Jobs with an {@code Idempotency-Key}: all requests with the key are one job, on whichever instance they arrive. */
final class KeyedJobs {
    private static final int FINGERPRINT_DIGITS = 32;

    private final JobIndex index;
    private final MakeJobs make;
    private final RegisterClients clients;
    private final ClaimKeys claims;
    private final DeliverOutcomes deliver;
    private final AdmitJobs admission;

    KeyedJobs(
            JobIndex index,
            MakeJobs make,
            RegisterClients clients,
            ClaimKeys claims,
            DeliverOutcomes deliver,
            AdmitJobs admission) {
        this.index = index;
        this.make = make;
        this.clients = clients;
        this.claims = claims;
        this.deliver = deliver;
        this.admission = admission;
    }

    /**
     * Begins the job, or joins it.
     *
     * @throws RequestRejectedException {@code IDEMPOTENCY_CONFLICT} if the key belongs to another request
     */
    Ticket submit(RequestKey key, NewJob request, @Nullable ReplyListener listener) {
        index.requireCaughtUp();
        JobId id = index.idOf(key);
        String fingerprint = fingerprint(request);
        if (claims.isFree(id)) {
            admission.admit(id, request);
            Job job = make.make(id, request);
            KeyClaim claim =
                    claims.claim(
                            job,
                            request.outlives(),
                            fingerprint,
                            () -> clients.register(id, request, listener, false));
            if (claim != null) {
                admission.until(claim.accepted, id);
                return clients.ticket(id, request, claim.client, claim.accepted);
            }
        }
        return join(id, fingerprint, request, listener);
    }

    private Ticket join(
            JobId id, String fingerprint, NewJob request, @Nullable ReplyListener listener) {
        KeyClaim open = claims.get(id);
        JobEvent.Claimed first = index.claim(id);
        String known = first != null ? first.request() : open != null ? open.fingerprint : null;
        if (!fingerprint.equals(known)) {
            throw ClaimKeys.conflict();
        }
        CompletableFuture<Void> accepted = open == null ? index.whenQueued(id) : open.accepted;
        WaitingClient client = clients.register(id, request, listener, true);
        EventPlace outcome = index.outcome(id);
        if (client != null && outcome != null) {
            deliver.end(id, client, outcome);
        }
        return clients.ticket(id, request, client, accepted);
    }

    /** Covers what was asked, not its bytes: a repeated upload may differ in its multipart boundary. */
    private static String fingerprint(NewJob request) {
        return Sha256.hex(
                        request.model().name().value().getBytes(StandardCharsets.UTF_8),
                        Codec.encode(request.task().withoutKeys()))
                .substring(0, FINGERPRINT_DIGITS);
    }
}
