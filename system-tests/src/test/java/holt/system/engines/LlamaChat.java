package holt.system.engines;

import holt.system.rig.LlamaServer;

/** Chats with the model of a {@link LlamaServer}, as bodies of requests. */
final class LlamaChat {
    private LlamaChat() {}

    /** An answer of exactly so many tokens. */
    static String of(int tokens, boolean stream) {
        return """
        {"model":"%s","stream":%s,"max_tokens":%d,"temperature":0,
         "messages":[{"role":"user","content":"What is the capital of France?"}]}
        """
                .formatted(LlamaServer.MODEL, stream, tokens);
    }
}
