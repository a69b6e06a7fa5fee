// What the AI SDK makes of Holt's answers, by its provider for OpenAI, which asks for responses.

import { createOpenAI } from '@ai-sdk/openai';
import { Output, embedMany, generateImage, generateText, isStepCount, streamText, tool } from 'ai';
import { z } from 'zod';
import { ANSWER, BASE, EMBEDDER, MODEL, PAINTER, QUESTION, RESULT, SCRIPTED, expect, run, size } from './checks.mjs';

let paths = [];
const holt = createOpenAI({
  baseURL: BASE,
  apiKey: 'any',
  fetch: (url, options) => {
    paths.push(new URL(url).pathname);
    return fetch(url, options);
  },
});

function params(fields) {
  paths = [];
  const asked = [];
  const get_time = tool({
    description: 'Tells the time in a city.',
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => {
      asked.push(city);
      return RESULT;
    },
  });
  return { model: holt(SCRIPTED), prompt: QUESTION, maxRetries: 0, tools: { get_time }, stopWhen: isStepCount(5), asked, ...fields };
}

function check(text, asked, path) {
  expect(text === ANSWER && asked.join() === 'Oslo', [text, asked]);
  expect(paths.length === 2 && paths.every((each) => each === path), paths);
}

await run({
  'a response calls a tool and reads its result': async () => {
    const { asked, ...fields } = params();
    const { text, usage } = await generateText(fields);
    check(text, asked, '/v1/responses');
    expect(usage.inputTokens > 0 && usage.outputTokens > 0, usage);
  },

  'a response is streamed': async () => {
    const { asked, ...fields } = params();
    const texts = [];
    for await (const text of streamText(fields).textStream) texts.push(text);
    check(texts.join(''), asked, '/v1/responses');
    expect(texts.length > 1, texts);
  },

  'a chat calls a tool and reads its result': async () => {
    const { asked, ...fields } = params({ model: holt.chat(SCRIPTED) });
    check((await generateText(fields)).text, asked, '/v1/chat/completions');
  },

  'an answer is an object': async () => {
    const schema = z.object({ city: z.enum(['Rome', 'Oslo']), hour: z.number().int().min(0).max(23) });
    const output = Output.object({ schema });
    const { output: clock } = await generateText({ model: holt(MODEL), prompt: QUESTION, maxRetries: 0, output });
    expect(['Rome', 'Oslo'].includes(clock.city) && Number.isInteger(clock.hour), clock);
  },

  'a prompt is completed': async () => {
    const { text } = await generateText({ model: holt.completion(MODEL), prompt: 'An otter', maxOutputTokens: 5, maxRetries: 0 });
    expect(text.length > 0, text);
  },

  'texts become vectors': async () => {
    const { embeddings } = await embedMany({ model: holt.embedding(EMBEDDER), values: ['An otter swims.', 'x'], maxRetries: 0 });
    expect(embeddings.length === 2 && embeddings[0].length === 32, embeddings);
  },

  'a picture is made': async () => {
    const { image } = await generateImage({ model: holt.image(PAINTER), prompt: 'an otter', size: '101x67', maxRetries: 0 });
    expect(size(image.uint8Array) === '101x67', 'another size');
  },
});
