// What OpenAI's Agents SDK for JavaScript makes of Holt's answers.

import { Agent, OpenAIChatCompletionsModel, run as ask, setDefaultOpenAIClient, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { ANSWER, BASE, MODEL, QUESTION, RESULT, SCRIPTED, expect, run } from './checks.mjs';

const client = new OpenAI({ baseURL: BASE, apiKey: 'any', maxRetries: 0, timeout: 60_000 });
setDefaultOpenAIClient(client);
setTracingDisabled(true);

let asked;
const getTime = tool({
  name: 'get_time',
  description: 'Tells the time in a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => {
    asked.push(city);
    return RESULT;
  },
});

function agent(fields) {
  asked = [];
  return new Agent({ name: 'Clock', instructions: 'Be brief.', model: SCRIPTED, ...fields });
}

await run({
  'an agent calls a tool and reads its result': async () => {
    const result = await ask(agent({ tools: [getTime] }), QUESTION);
    expect(result.finalOutput === ANSWER && asked.join() === 'Oslo', [result.finalOutput, asked]);
  },

  'an agent calls a tool by chats': async () => {
    const model = new OpenAIChatCompletionsModel(client, SCRIPTED);
    const result = await ask(agent({ model, tools: [getTime] }), QUESTION);
    expect(result.finalOutput === ANSWER && asked.join() === 'Oslo', [result.finalOutput, asked]);
  },

  'an agent is streamed': async () => {
    const result = await ask(agent({ tools: [getTime] }), QUESTION, { stream: true });
    const texts = [];
    for await (const text of result.toTextStream()) texts.push(text);
    await result.completed;
    expect(texts.join('') === ANSWER && asked.join() === 'Oslo', [texts, asked]);
  },

  'an agent gives its output as an object': async () => {
    const outputType = z.object({ city: z.enum(['Rome', 'Oslo']), hour: z.number().int().min(0).max(23) });
    const { finalOutput } = await ask(agent({ model: MODEL, outputType }), QUESTION);
    expect(['Rome', 'Oslo'].includes(finalOutput.city) && Number.isInteger(finalOutput.hour), finalOutput);
  },
});
