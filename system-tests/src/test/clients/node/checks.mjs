// Runs checks and prints a line for each: "ok" or "failed", what was checked, and why it failed, with tabs between them.

export const [BASE, MODEL, ENDLESS] = process.argv.slice(2);
export const STORY = 'Tell me a story.';

export function expect(condition, found) {
  if (!condition) throw new Error(`not so: ${JSON.stringify(found)}`);
}

/** What the call throws. */
export async function thrown(call) {
  try {
    await call();
  } catch (e) {
    return e;
  }
  throw new Error('nothing was thrown');
}

/** Waits until the job of a chat that was left is cancelled. */
export async function cancelled(chat) {
  const job = chat.replace('chatcmpl-', '');
  const end = performance.now() + 10_000;
  let status;
  while (status !== 'cancelled' && performance.now() < end) {
    status = (await (await fetch(`${BASE}/jobs/${job}`)).json()).status;
  }
  expect(status === 'cancelled', status);
}

export async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok\t${name}\t`);
    } catch (e) {
      const why = `${e?.name}: ${e?.message}`.replace(/\s+/g, ' ');
      console.log(`failed\t${name}\t${why.slice(0, 2000)}`);
    }
  }
}
