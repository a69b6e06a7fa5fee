// What OpenAI's client for Node makes of Holt's answers.

import { createReadStream } from 'node:fs';
import OpenAI, { toFile } from 'openai';
import { BASE, EMBEDDER, ENDLESS, IMAGE, MASK, MODEL, PAINTER, SCRIPTED, STORY, cancelled, expect, run, size, thrown } from './checks.mjs';

const CITIES = ['Rome', 'Oslo'];
const CLOCK = {
  type: 'function',
  function: {
    name: 'clock',
    description: 'Tells the time.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', enum: CITIES } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};

const client = new OpenAI({ baseURL: BASE, apiKey: 'any', maxRetries: 0, timeout: 60_000 });

const params = (fields, text = STORY) => ({
  model: MODEL,
  temperature: 0,
  messages: [{ role: 'user', content: text }],
  ...fields,
});
const chat = (fields, text) => client.chat.completions.create(params(fields, text));

const otter = (fields) => client.images.generate({ model: PAINTER, prompt: 'an otter', ...fields });
const hat = (fields) => client.images.edit({ model: PAINTER, prompt: 'a hat', seed: 5, ...fields });

async function open(url) {
  const reply = await fetch(url);
  expect(reply.ok, reply.status);
  return Buffer.from(await reply.arrayBuffer());
}

async function refused(kind, status, code, param, call) {
  const e = await thrown(call);
  expect(e instanceof kind, e.constructor.name);
  expect(e.status === status, e.status);
  expect(e.code === code, e.code);
  expect((e.param ?? null) === param, e.param);
  expect(e.type === 'invalid_request_error', e.type);
  expect(e.requestID, e.requestID);
}

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

await run({
  'a chat is answered': async () => {
    const answer = await chat();
    expect(answer.choices[0].message.content.trim(), answer);
    expect(answer.choices[0].finish_reason === 'stop', answer);
    expect(answer.model === MODEL && answer.object === 'chat.completion', answer);
  },

  'an answer has its usage and request id': async () => {
    const answer = await chat({ max_completion_tokens: 5 });
    expect(answer.usage.prompt_tokens > 0 && answer.usage.completion_tokens === 5, answer.usage);
    expect(answer.choices[0].finish_reason === 'length', answer);
    expect(answer._request_id, answer);
  },

  'a stream says the same as a whole answer': async () => {
    const whole = await chat();
    const chunks = await all(await chat({ stream: true }));
    const text = chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('');
    expect(text === whole.choices[0].message.content, text);
    expect(chunks.length > 10 && new Set(chunks.map((chunk) => chunk.id)).size === 1, chunks.length);
    expect(chunks.at(-1).choices[0].finish_reason === 'stop', chunks.at(-1));
  },

  'a stream ends with its usage': async () => {
    const chunks = await all(await chat({ stream: true, stream_options: { include_usage: true } }));
    const last = chunks.at(-1);
    expect(last.choices.length === 0 && last.usage.total_tokens > last.usage.prompt_tokens, last);
  },

  'a stream that is left cancels its job': async () => {
    const stream = await chat({ stream: true, model: ENDLESS });
    let id;
    for await (const chunk of stream) {
      id = chunk.id;
      break;
    }
    await cancelled(id);
  },

  'a stream that is aborted cancels its job': async () => {
    const stop = new AbortController();
    const stream = await client.chat.completions.create(params({ stream: true, model: ENDLESS }), {
      signal: stop.signal,
    });
    let id;
    for await (const chunk of stream) {
      id = chunk.id;
      stop.abort();
    }
    await cancelled(id);
  },

  'a text becomes a vector': async () => {
    const { data, usage } = await client.embeddings.create({ model: EMBEDDER, input: 'An otter swims.' });
    const length = data[0].embedding.reduce((sum, x) => sum + x * x, 0);
    expect(data[0].embedding.length === 32 && Math.abs(length - 1) < 1e-5, data);
    expect(usage.prompt_tokens > 2 && usage.total_tokens === usage.prompt_tokens, usage);
  },

  'several texts become shorter vectors in their order': async () => {
    const input = ['An otter swims.', 'x', 'Hello'];
    const { data } = await client.embeddings.create({ model: EMBEDDER, input, dimensions: 8, encoding_format: 'float' });
    expect(data.map((datum) => datum.index).join() === '0,1,2', data);
    expect(data.every((datum) => datum.embedding.length === 8), data);
  },

  'models are listed and found': async () => {
    const names = (await all(client.models.list())).map((model) => model.id).sort();
    expect(String(names) === String([MODEL, 'holt-image', ENDLESS, SCRIPTED, PAINTER, EMBEDDER].sort()), names);
    expect((await client.models.retrieve(MODEL)).id === MODEL, MODEL);
  },

  'several answers and log probabilities are read': async () => {
    const answer = await chat({ n: 2, temperature: 1, seed: 7, logprobs: true, top_logprobs: 2, max_tokens: 3 });
    expect(answer.choices.map((choice) => choice.index).join() === '0,1', answer);
    expect(answer.choices[1].logprobs.content[0].top_logprobs.length === 2, answer);
  },

  'a picture comes by its url in the size asked for': async () => {
    const { data, created } = await otter({ size: '101x67' });
    expect(created > 0 && data.length === 1 && data[0].b64_json === undefined, data);
    expect(size(await open(data[0].url)) === '101x67', data);
  },

  'a picture comes in base64 in the size asked for': async () => {
    const { data } = await otter({ size: '101x67', response_format: 'b64_json' });
    expect(data.length === 1 && data[0].url === undefined, data);
    expect(size(Buffer.from(data[0].b64_json, 'base64')) === '101x67', 'another size');
  },

  'several pictures are several urls': async () => {
    const { data } = await otter({ n: 3 });
    expect(new Set(data.map((picture) => picture.url)).size === 3, data);
  },

  'fields of other services are ignored': async () => {
    const { data } = await otter({ quality: 'hd', style: 'vivid', moderation: 'low', background: 'auto', user: 'otter' });
    expect(data.length === 1, data);
  },

  'a picture is edited from its file': async () => {
    const { data } = await hat({ image: createReadStream(IMAGE), size: '64x48' });
    expect(size(await open(data[0].url)) === '64x48', data);
  },

  'an edit with a mask is another than without': async () => {
    const [whole, part] = [
      await hat({ image: createReadStream(IMAGE) }),
      await hat({ image: createReadStream(IMAGE), mask: createReadStream(MASK) }),
    ];
    const pictures = await Promise.all([whole, part].map(({ data }) => open(data[0].url)));
    expect(pictures.every((picture) => size(picture) === '41x30'), pictures.map(size));
    expect(!pictures[0].equals(pictures[1]), 'the same');
  },

  'a bad size is a bad request': () =>
    refused(OpenAI.BadRequestError, 400, 'invalid_value', 'size', () => otter({ size: '9000x10' })),

  'a file that is no picture is a bad request': () =>
    refused(OpenAI.BadRequestError, 400, 'invalid_image', 'image', async () =>
      hat({ image: await toFile(Buffer.from('an otter'), 'otter.png') }),
    ),

  'a model that makes no pictures is a bad request': () =>
    refused(OpenAI.BadRequestError, 400, 'invalid_model_kind', 'model', () => otter({ model: MODEL })),

  'a tool is called and its result is read': async () => {
    const { message, finish_reason } = (await chat({ tools: [CLOCK], tool_choice: 'required' })).choices[0];
    const [call] = message.tool_calls;
    expect(finish_reason === 'tool_calls' && CITIES.includes(JSON.parse(call.function.arguments).city), call);
    const result = { role: 'tool', tool_call_id: call.id, content: 'noon' };
    const messages = [{ role: 'user', content: STORY }, message, result];
    const answer = await client.chat.completions.create({ model: MODEL, messages, tools: [CLOCK] });
    expect(['stop', 'tool_calls'].includes(answer.choices[0].finish_reason), answer);
  },

  'a tool call is streamed in fragments': async () => {
    const runner = client.chat.completions.stream(params({ tools: [CLOCK], tool_choice: 'required' }));
    const { tool_calls: calls } = await runner.finalMessage();
    expect(calls.length === 1 && CITIES.includes(JSON.parse(calls[0].function.arguments).city), calls);
  },

  'a response is answered': async () => {
    const answer = await client.responses.create({ model: MODEL, input: STORY, temperature: 0 });
    expect(answer.output_text === (await chat()).choices[0].message.content, answer);
  },

  'a response calls a tool': async () => {
    const tool = { type: 'function', strict: true, ...CLOCK.function };
    const fields = { model: MODEL, tools: [tool] };
    const answer = await client.responses.create({ ...fields, input: STORY, tool_choice: 'required' });
    const [call] = answer.output;
    expect(call.type === 'function_call' && CITIES.includes(JSON.parse(call.arguments).city), call);
    const result = { type: 'function_call_output', call_id: call.call_id, output: 'noon' };
    const next = await client.responses.create({ ...fields, input: [{ role: 'user', content: STORY }, call, result] });
    expect(next.output.length > 0, next);
  },

  'a response is streamed': async () => {
    const stream = client.responses.stream({ model: MODEL, input: STORY, temperature: 0 });
    const events = await all(stream);
    expect(events.at(-1).type === 'response.completed', events.at(-1));
    expect((await stream.finalResponse()).output_text.length > 0, events.length);
  },

  'an unknown model of pictures is not found': () =>
    refused(OpenAI.NotFoundError, 404, 'model_not_found', 'model', () => otter({ model: 'nobody' })),

  'a bad value is a bad request': async () => {
    const kind = OpenAI.BadRequestError;
    await refused(kind, 400, 'invalid_value', 'temperature', () => chat({ temperature: 3 }));
    await refused(kind, 400, 'invalid_value', 'temperature', () => chat({ temperature: 3, stream: true }));
  },

  'an unsupported parameter is a bad request': () =>
    refused(OpenAI.BadRequestError, 400, 'unsupported_parameter', 'functions', () =>
      chat({ functions: [{ name: 'clock' }] }),
    ),

  'a prompt that is too long is a bad request': () =>
    refused(OpenAI.BadRequestError, 400, 'context_length_exceeded', 'messages', () => chat({}, 'word '.repeat(1100))),

  'an unknown model is not found': async () => {
    const kind = OpenAI.NotFoundError;
    await refused(kind, 404, 'model_not_found', 'model', () => chat({ model: 'nobody' }));
    await refused(kind, 404, 'model_not_found', 'model', () => client.models.retrieve('nobody'));
  },

  'an endpoint that is not built is not found': () =>
    refused(OpenAI.NotFoundError, 404, 'not_found', null, () =>
      client.moderations.create({ input: STORY }),
    ),

  'a method that is not built is an API error': () =>
    refused(OpenAI.APIError, 405, 'method_not_allowed', null, () => client.models.delete(MODEL)),

  'a body that is too large is an API error': () =>
    refused(OpenAI.APIError, 413, 'payload_too_large', null, () => chat({}, 'x'.repeat(26 << 20))),
});
