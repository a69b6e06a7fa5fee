// Runs checks and prints a line for each: "ok" or "failed", what was checked, and why it failed, with tabs between them.

// Base URL, a model, one that writes without end, one that makes pictures, and the files of a picture of 41x30 pixels and of a mask for it.
export const [BASE, MODEL, ENDLESS, PAINTER, IMAGE, MASK] = process.argv.slice(2);
export const EMBEDDER = 'bert';
export const SCRIPTED = 'scripted';
export const STORY = 'Tell me a story.';

// What the scripted model asks the tool get_time, and makes of its result.
export const QUESTION = 'What time is it in Oslo?';
export const RESULT = 'noon in Oslo';
export const ANSWER = 'It is noon in Oslo.';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

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

/** Of a PNG, as clients ask for it: 101x67. */
export function size(file) {
  const bytes = Buffer.from(file);
  expect(bytes.subarray(0, PNG.length).equals(PNG), 'no PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
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
