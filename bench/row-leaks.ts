import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { compareRows } from "../check/gate/compare-rows.ts";
import type { Sketches } from "../check/gate/evaluation-schema.ts";
import { pythonEnvironment } from "../local/jobs/python/python-environment.ts";
import { localFolders, repository } from "../scripts/local-stack/folders.ts";
import { abaloneData } from "./abalone-data.ts";
import type { Measurement } from "./measurement.ts";

interface Trial {
  readonly scenario: string;
  readonly candidate: Sketches;
  readonly baseline: Sketches;
}

/** The goals, as shares of the trials in which the check finds that the baseline was trained on test rows. */
const goals: Readonly<Record<string, string>> = {
  "hash, reordered": "0 %",
  "hash, grown": "0 %",
  "number, reordered": "100 %",
  "shuffle, reordered": "100 %",
  "leak of 1 %": "about 92 %",
  "leak of 2 %": "about 100 %",
  "few different rows": "0 %",
};

/** Returns in how many trials of each scenario the check rejects the baseline. `row-leaks.py` has the scenarios. */
export async function rejectedTrials(trials: number): Promise<ReadonlyMap<string, number>> {
  const { python } = await pythonEnvironment("xgboost", { folder: localFolders.python });
  const args = ["-B", join(repository, "bench/row-leaks.py"), await abaloneData(), String(trials)];
  const child = spawn(python, args, { stdio: ["ignore", "pipe", "inherit"] });
  const rejected = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { scenario, candidate, baseline } = JSON.parse(line) as Trial;
    const { problem } = compareRows("baseline", candidate, baseline);
    rejected.set(scenario, (rejected.get(scenario) ?? 0) + (problem === undefined ? 0 : 1));
  }
  return rejected;
}

/** Measures how often the check finds that a baseline was trained on the test rows, in 100 trials of each scenario. */
export async function measureRowLeaks(): Promise<readonly Measurement[]> {
  const trials = 100;
  return [...(await rejectedTrials(trials))].map(([scenario, rejected]) => ({
    what: `baselines rejected: ${scenario}`,
    amount: rejected,
    unit: "%",
    ratio: rejected / trials,
    against: `${trials} trials`,
    heldTo: goals[scenario] ?? "",
  }));
}
