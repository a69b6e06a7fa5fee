package holt.engine.text;

class BatchingTextEngineContractTest extends TextEngineContract {
    private static final int PLENTY = 1_000_000;

    private final FakeDecoder decoder = new FakeDecoder();
    private final BatchingTextEngine engine =
            new BatchingTextEngine(
                            new TextModelInfo(
                                    "fake",
                                    "Fake",
                                    0,
                                    decoder.contextLength(),
                                    1,
                                    "fp32",
                                    "cpu",
                                    2),
                            decoder,
                            new FakeChatTokenizer(),
                            8)
                    .start();

    @Override
    protected TextEngine engine() {
        return engine;
    }

    @Override
    protected void finish(String id) {
        decoder.permits.release(PLENTY);
    }

    @Override
    protected void closeWithOpenRequests() {
        // A step is under way until close() has been called.
        var closer = Thread.ofVirtual().start(engine::close);
        for (int i = 0; !isClosed("probe" + i); i++) {
            Thread.onSpinWait();
        }
        decoder.permits.release(PLENTY);
        try {
            closer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isClosed(String probe) {
        var events = new RecordedEvents();
        engine.submit(request(probe), events);
        return events.all().contains(new TextEvent.Cancelled(0));
    }
}
