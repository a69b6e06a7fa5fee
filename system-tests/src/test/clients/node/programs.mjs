// Runs a program that is an agent in a terminal.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESULT } from './checks.mjs';

/**
 * Runs an installed program in a folder of its own, with a file that tells the time. Returns the JSON objects that it printed.
 *
 * @param files further files, by their names
 * @param environment of the program, given the folder
 */
export async function converse(program, args, files, environment) {
  // Not in the system's temporary folder, which Codex refuses as its home.
  const folder = mkdtempSync(join(import.meta.dirname, 'home-'));
  try {
    for (const [name, text] of Object.entries({ 'time.txt': `${RESULT}\n`, ...files })) writeFileSync(join(folder, name), text);
    return await output(join(import.meta.dirname, 'node_modules', '.bin', program), args, folder, environment(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function output(program, args, cwd, environment) {
  const child = spawn(program, args, { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  let [said, errors] = ['', ''];
  child.stdout.on('data', (bytes) => (said += bytes));
  child.stderr.on('data', (bytes) => (errors += bytes));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`exit code ${code}: ${errors} ${said}`);
  return said.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}
