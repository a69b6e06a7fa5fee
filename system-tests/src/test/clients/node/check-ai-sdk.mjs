// What the AI SDK makes of Holt's answers, by its provider for services like OpenAI's. Arguments: base URL, a model, a model that writes without end.

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, streamText } from 'ai';
import { BASE, ENDLESS, MODEL, STORY, cancelled, expect, run, thrown } from './checks.mjs';

const holt = createOpenAICompatible({ name: 'holt', baseURL: BASE, apiKey: 'any', includeUsage: true });

const params = (fields) => ({ model: holt(MODEL), prompt: STORY, temperature: 0, maxRetries: 0, ...fields });

function check(e, status, code) {
  expect(APICallError.isInstance(e), e?.name);
  expect(e.statusCode === status, e.statusCode);
  const { error } = JSON.parse(e.responseBody);
  expect(error.code === code, error);
  expect(error.message === e.message, e.message);
  expect(e.isRetryable === false, e.isRetryable);
}

const refused = async (status, code, fields) =>
  check(await thrown(() => generateText(params(fields))), status, code);

await run({
  'a chat is answered': async () => {
    const answer = await generateText(params());
    expect(answer.text.trim(), answer.text);
    expect(answer.finishReason === 'stop', answer.finishReason);
    expect(answer.response.modelId === MODEL, answer.response.modelId);
  },

  'an answer has its usage': async () => {
    const { usage, finishReason } = await generateText(params({ maxOutputTokens: 5 }));
    expect(usage.inputTokens > 0 && usage.outputTokens === 5, usage);
    expect(usage.totalTokens === usage.inputTokens + 5, usage);
    expect(finishReason === 'length', finishReason);
  },

  'a stream says the same as a whole answer': async () => {
    const whole = await generateText(params());
    const stream = streamText(params());
    const texts = [];
    for await (const text of stream.textStream) texts.push(text);
    expect(texts.join('') === whole.text, texts);
    expect(texts.length > 10, texts.length);
    expect((await stream.finishReason) === 'stop', await stream.finishReason);
  },

  'a stream ends with its usage': async () => {
    const stream = streamText(params());
    await stream.consumeStream();
    const usage = await stream.usage;
    expect(usage.inputTokens > 0 && usage.outputTokens > 0, usage);
  },

  'a stream that is aborted cancels its job': async () => {
    const stop = new AbortController();
    let id;
    const stream = streamText(
      params({ model: holt(ENDLESS), abortSignal: stop.signal, includeRawChunks: true }),
    );
    for await (const part of stream.fullStream) {
      if (part.type === 'raw' && part.rawValue.id) {
        id = part.rawValue.id;
        stop.abort();
      }
    }
    await cancelled(id);
  },

  'a bad value is an API call error': () => refused(400, 'invalid_value', { temperature: 3 }),

  'a prompt that is too long is an API call error': () =>
    refused(400, 'context_length_exceeded', { prompt: 'word '.repeat(1100) }),

  'an unknown model is an API call error': () => refused(404, 'model_not_found', { model: holt('nobody') }),

  'a stream that cannot start says so': async () => {
    let error;
    const stream = streamText(params({ model: holt('nobody'), onError: (e) => (error = e.error) }));
    await stream.consumeStream();
    check(error, 404, 'model_not_found');
  },
});
