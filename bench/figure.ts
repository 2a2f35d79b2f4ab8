import { spawnSync } from "node:child_process";

/** How long something takes, and how that compares with something else in the same run, since machines differ. */
export interface Figure {
  readonly what: string;
  readonly amount: number;
  /** `s`, or what else it is measured in. */
  readonly unit: string;
  readonly ratio: number;
  readonly against: string;
  /** What it must be, in words. */
  readonly heldTo?: string;
}

export function figure(what: string, amount: number, against: string, others: number, unit = "s"): Figure {
  return { what, amount, unit, ratio: amount / others, against };
}

export function print({ what, amount, unit, ratio, against, heldTo }: Figure): void {
  const held = heldTo === undefined ? "" : `; held to: ${heldTo}`;
  const measured = `${amount.toFixed(2).padStart(6)} ${unit.padEnd(3)}`;
  console.log(`${what.padEnd(44)} ${measured} ${ratio.toFixed(3)} x ${against}${held}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What a command prints. Throws if it fails. */
export function output(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Median wall time of a command, as a whole process, in seconds. Throws if the command fails. */
export function time(runs: number, folder: string, command: string, ...args: readonly string[]): number {
  const seconds = Array.from({ length: runs }, () => {
    const began = performance.now();
    output(folder, command, ...args);
    return (performance.now() - began) / 1000;
  });
  return median(seconds);
}
