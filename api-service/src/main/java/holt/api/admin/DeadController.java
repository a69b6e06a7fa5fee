package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.api.audit.MakeChange;
import holt.api.http.Answers;
import holt.api.http.Exchanges;
import holt.api.http.QueryNumber;
import holt.api.http.body.ReadBody;
import holt.api.keys.Caller;
import holt.api.queue.dead.DeadFilter;
import holt.api.queue.dead.DeadLetters;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin/v1/dead}: lists, shows, replays and discards dead letters. */
@RestController
final class DeadController {
    private static final int MOST_SHOWN = 1000;
    private static final int USUALLY_SHOWN = 50;

    private final DeadLetters letters;
    private final ReadBody read;
    private final MakeChange change;
    private final Exchanges exchanges;
    private final boolean showsRequests;

    DeadController(
            DeadLetters letters,
            ReadBody read,
            MakeChange change,
            Exchanges exchanges,
            OperatorSettings settings) {
        this.letters = letters;
        this.read = read;
        this.change = change;
        this.exchanges = exchanges;
        this.showsRequests = settings.showRequests();
    }

    /**
     * What became of a replay.
     *
     * @param matches open letters
     * @param refused letters that hold no job, or were replayed too often
     */
    record Replay(String object, boolean dryRun, int matches, int replayed, int refused) {}

    record Discard(String object, boolean dryRun, int matches, int discarded) {}

    @GetMapping("/admin/v1/dead")
    void list(HttpServletRequest request, HttpServletResponse response) {
        DeadFilter filter =
                DeadRequest.filter(
                        request.getParameter("reason"), request.getParameter("model"), Set.of());
        int limit = (int) QueryNumber.of(request, "limit", 1, MOST_SHOWN, USUALLY_SHOWN);
        answer(request, response, () -> DeadBody.Letters.of(letters.open(filter), limit));
    }

    @GetMapping("/admin/v1/dead/{number}")
    void one(
            @PathVariable String number, HttpServletRequest request, HttpServletResponse response) {
        long wanted = number(number);
        answer(
                request,
                response,
                () -> {
                    DeadLetter letter = letters.read(wanted);
                    if (letter == null) {
                        throw unknown();
                    }
                    return DeadBody.One.of(
                            wanted,
                            letter,
                            !showsRequests,
                            showsRequests ? letters.request(letter) : null);
                });
    }

    /** Makes letters jobs again, the oldest first. */
    @PostMapping("/admin/v1/dead/replay")
    void replay(HttpServletRequest request, HttpServletResponse response) {
        DeadRequest wanted = read.json(request, DeadRequest.class);
        DeadFilter filter = wanted.filter();
        int limit = wanted.checkedLimit();
        if (wanted.isDryRun()) {
            answer(
                    request,
                    response,
                    () -> new Replay("replay", true, letters.open(filter).size(), 0, 0));
            return;
        }
        change.make(
                Caller.change(
                        request, "dead.replayed", wanted.words(), "at most " + limit + " letters"),
                200,
                () -> {
                    int matches = letters.open(filter).size();
                    DeadLetters.Replayed done = letters.replay(filter, limit, wanted.isForced());
                    return new Replay("replay", false, matches, done.replayed(), done.refused());
                },
                request,
                response);
    }

    @PostMapping("/admin/v1/dead/discard")
    void discard(HttpServletRequest request, HttpServletResponse response) {
        DeadRequest wanted = read.json(request, DeadRequest.class);
        DeadFilter filter = wanted.filter();
        if (wanted.isDryRun()) {
            answer(
                    request,
                    response,
                    () -> new Discard("discard", true, letters.open(filter).size(), 0));
            return;
        }
        change.make(
                Caller.change(request, "dead.discarded", wanted.words(), null),
                200,
                () -> {
                    int discarded = letters.discard(filter);
                    return new Discard("discard", false, discarded, discarded);
                },
                request,
                response);
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, MakeChange.Change body) {
        exchanges
                .begin(request, response, () -> {})
                .end(() -> Answers.json(request, response, 200, body.make()));
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.NOT_FOUND, "there is no dead letter with this number");
    }
}
