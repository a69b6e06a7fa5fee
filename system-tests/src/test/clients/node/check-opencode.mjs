// What opencode makes of Holt's answers.

import { ANSWER, BASE, QUESTION, RESULT, SCRIPTED, expect, run } from './checks.mjs';
import { converse } from './programs.mjs';

const provider = {
  npm: '@ai-sdk/openai-compatible',
  name: 'Holt',
  options: { baseURL: BASE, apiKey: 'any' },
  models: { [SCRIPTED]: { name: SCRIPTED } },
};
const CONFIG = { provider: { holt: provider }, small_model: `holt/${SCRIPTED}`, permission: 'allow', autoupdate: false, share: 'disabled' };

const opencode = () =>
  converse(
    'opencode',
    ['run', '--format', 'json', '--model', `holt/${SCRIPTED}`, QUESTION],
    { 'opencode.json': JSON.stringify(CONFIG) },
    () => ({ OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' }),
  );

await run({
  'a command is run and its output is read': async () => {
    const parts = (await opencode()).map(({ part }) => part);
    const calls = parts.filter((part) => part.type === 'tool');
    expect(calls.length === 1 && calls[0].tool === 'bash' && calls[0].state.output.includes(RESULT), parts);
    const texts = parts.filter((part) => part.type === 'text').map((part) => part.text);
    expect(texts.join() === ANSWER, texts);
    const last = parts.findLast((part) => part.type === 'step-finish');
    expect(last.reason === 'stop' && last.tokens.output > 0, last);
  },
});
