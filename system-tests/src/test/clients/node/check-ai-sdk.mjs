// What the AI SDK makes of Holt's answers, by its provider for services like OpenAI's.

import { readFileSync } from 'node:fs';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embed, generateImage, generateText, streamText } from 'ai';
import { BASE, EMBEDDER, ENDLESS, IMAGE, MASK, MODEL, PAINTER, STORY, cancelled, expect, run, size, thrown } from './checks.mjs';

let asked = [];
const holt = createOpenAICompatible({
  name: 'holt',
  baseURL: BASE,
  apiKey: 'any',
  includeUsage: true,
  fetch: (url, options) => {
    asked.push(new URL(url).pathname);
    return fetch(url, options);
  },
});

const params = (fields) => ({ model: holt(MODEL), prompt: STORY, temperature: 0, maxRetries: 0, ...fields });

async function pictures(fields, options) {
  asked = [];
  const { images, warnings } = await generateImage({
    model: holt.imageModel(PAINTER),
    prompt: 'an otter',
    maxRetries: 0,
    providerOptions: { holt: { ...options } },
    ...fields,
  });
  expect(warnings.length === 0, warnings);
  return images;
}

const edit = (mask) =>
  pictures({ prompt: { text: 'a hat', images: [readFileSync(IMAGE)], mask: mask && readFileSync(mask) } }, { seed: 5 });

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

  'a text becomes a vector': async () => {
    const model = holt.embeddingModel(EMBEDDER);
    const { embedding, usage } = await embed({ model, value: 'An otter swims.', maxRetries: 0 });
    expect(embedding.length === 32 && usage.tokens > 2, usage);
  },

  'a picture comes by its url in the size asked for': async () => {
    const images = await pictures({ size: '101x67' });
    expect(images.length === 1 && size(images[0].uint8Array) === '101x67', images.length);
    expect(images[0].mediaType === 'image/png', images[0].mediaType);
    expect(asked.length === 2 && asked[1].startsWith('/files/'), asked);
  },

  'a picture comes in base64 in the size asked for': async () => {
    const images = await pictures({ size: '101x67' }, { response_format: 'b64_json' });
    expect(images.length === 1 && size(images[0].uint8Array) === '101x67', images.length);
    expect(asked.length === 1, asked);
  },

  'several pictures are several urls': async () => {
    expect((await pictures({ n: 3 })).length === 3, asked);
    expect(new Set(asked).size === 4, asked);
  },

  'fields of other services are ignored': async () => {
    const images = await pictures({}, { quality: 'hd', style: 'vivid', moderation: 'low', background: 'auto', user: 'otter' });
    expect(images.length === 1, images.length);
  },

  'a picture is edited from its file': async () => {
    const [image] = await edit();
    expect(size(image.uint8Array) === '41x30', size(image.uint8Array));
    expect(asked[0] === '/v1/images/edits', asked);
  },

  'an edit with a mask is another than without': async () => {
    const [[whole], [part]] = [await edit(), await edit(MASK)];
    expect(size(part.uint8Array) === '41x30', size(part.uint8Array));
    expect(whole.base64 !== part.base64, 'the same');
  },

  'a bad size is an API call error': async () =>
    check(await thrown(() => pictures({ size: '9000x10' })), 400, 'invalid_value'),

  'a model that makes no pictures is an API call error': async () =>
    check(await thrown(() => pictures({ model: holt.imageModel(MODEL) })), 400, 'invalid_model_kind'),

  'an unknown model of pictures is an API call error': async () =>
    check(await thrown(() => pictures({ model: holt.imageModel('nobody') })), 404, 'model_not_found'),

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
