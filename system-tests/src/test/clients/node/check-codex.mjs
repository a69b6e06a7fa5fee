// What Codex CLI makes of Holt's answers.

import { ANSWER, BASE, QUESTION, RESULT, SCRIPTED, expect, run } from './checks.mjs';
import { converse } from './programs.mjs';

const CONFIG = `
model = "${SCRIPTED}"
model_provider = "holt"

[model_providers.holt]
name = "Holt"
base_url = "${BASE}"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`;

const codex = () =>
  converse(
    'codex',
    ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', QUESTION],
    { 'config.toml': CONFIG },
    (folder) => ({ CODEX_HOME: folder }),
  );

await run({
  'a command is run and its output is read': async () => {
    const events = await codex();
    const items = events.filter((event) => event.type === 'item.completed').map(({ item }) => item);
    const commands = items.filter((item) => item.type === 'command_execution');
    expect(commands.length === 1 && commands[0].aggregated_output.includes(RESULT), items);
    const texts = items.filter((item) => item.type === 'agent_message').map((item) => item.text);
    expect(texts.join() === ANSWER, texts);
    const { usage } = events.find((event) => event.type === 'turn.completed');
    expect(usage.input_tokens > 0 && usage.output_tokens > 0, usage);
  },
});
