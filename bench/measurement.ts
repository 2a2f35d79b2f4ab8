import { spawnSync } from "node:child_process";

/** A measured amount and its ratio to another one from the same run. Ratios are comparable between machines. */
export interface Measurement {
  readonly what: string;
  readonly amount: number;
  /** The unit, such as `s`. */
  readonly unit: string;
  readonly ratio: number;
  readonly against: string;
  /** The goal in words, such as `at most 6 %`. */
  readonly heldTo?: string;
}

/** Returns the measurement of `what`, with its ratio to `others`. */
export function measurement(what: string, amount: number, against: string, others: number, unit = "s"): Measurement {
  return { what, amount, unit, ratio: amount / others, against };
}

/** Prints a measurement on one line. */
export function print({ what, amount, unit, ratio, against, heldTo }: Measurement): void {
  const held = heldTo === undefined ? "" : `; goal: ${heldTo}`;
  const measured = `${amount.toFixed(2).padStart(6)} ${unit.padEnd(3)}`;
  console.log(`${what.padEnd(44)} ${measured} ${ratio.toFixed(3)} x ${against}${held}`);
}

/** Returns the median, the upper one for an even number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Returns what a command prints. @throws Error if it fails */
export function outputOf(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Returns the median CPU seconds of a TypeScript program, over `runs` processes. @throws Error if the program fails */
export function cpu(runs: number, folder: string, program: string, ...args: readonly string[]): number {
  const imports = ["--import", "tsx", "--import", "./bench/print-cpu.mjs"];
  const seconds = Array.from({ length: runs }, () => {
    const options = { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 } as const;
    const { status, stderr } = spawnSync(process.execPath, [...imports, program, ...args], options);
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
    return Number(stderr.split("\n").at(-1));
  });
  return median(seconds);
}

/** Returns the median wall time of a command in seconds, over `runs` processes. @throws Error if the command fails */
export function time(runs: number, folder: string, command: string, ...args: readonly string[]): number {
  const seconds = Array.from({ length: runs }, () => {
    const began = performance.now();
    outputOf(folder, command, ...args);
    return (performance.now() - began) / 1000;
  });
  return median(seconds);
}
