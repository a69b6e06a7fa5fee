package holt.system.rig.check;

import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Clients that send one request after the other. Each picks a ready API instance, and another if that one refuses the connection, as a
 * load balancer does.
 */
public final class Load implements AutoCloseable {
    /** Between a refusal and the client's next request. */
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Chat chat;
    private final IntFunction<String> script;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private final List<ClientLog.Result> failures = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private long lastAnswer = System.nanoTime();
    private Duration longestGap = Duration.ZERO;

    /** @param script gives the script of a request by its number, without the nonce */
    public Load(Cluster cluster, Chat chat, int clients, IntFunction<String> script) {
        this.cluster = cluster;
        this.chat = chat;
        this.script = script;
        for (int i = 0; i < clients; i++) {
            this.clients.add(Thread.ofVirtual().name("client").start(this::sendRequests));
        }
    }

    public int sent() {
        return sent.get();
    }

    public int answered() {
        return answered.get();
    }

    /** Returns when every client has its last result. */
    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The results that were not answers; refused connections do not count. */
    public List<ClientLog.Result> failures() {
        return failures;
    }

    /** The longest time between two answers. */
    public synchronized Duration longestGap() {
        return longestGap;
    }

    private synchronized void gap() {
        long now = System.nanoTime();
        longestGap = Collections.max(List.of(longestGap, Duration.ofNanos(now - lastAnswer)));
        lastAnswer = now;
    }

    private void sendRequests() {
        while (!stopped) {
            int number = sent.getAndIncrement();
            send("nonce=n" + number + " " + script.apply(number));
        }
    }

    private void send(String script) {
        while (true) {
            List<Cluster.Api> ready =
                    cluster.apis().stream().filter(api -> chat.isReady(api.management())).toList();
            if (!ready.isEmpty()) {
                var api = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
                ClientLog.Result result = chat.request(api.url(), script).join();
                if (result.succeeded()) {
                    answered.incrementAndGet();
                    gap();
                } else if (!result.refusedConnection()) {
                    failures.add(result);
                }
                if (result.status() == 429 || result.status() == 503) {
                    Pause.of(BACK_OFF).await();
                }
                if (!result.refusedConnection()) {
                    return;
                }
            }
        }
    }
}
