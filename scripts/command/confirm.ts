import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** Tells whether somebody at a terminal can answer a question. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Asks a question at the terminal. @returns whether the answer is yes; the end of the input means no */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  // Without `terminal: false`, Ctrl-C would not reach this process as a signal.
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  try {
    const ended = once(terminal, "close", { signal }).then(() => "");
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
