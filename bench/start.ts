import { FreshClone } from "../tests/fresh-clone/fresh-clone.ts";
import { type Measurement, measurement, time } from "./measurement.ts";

/** Compares `npm start` after no change and after a change of one script with `npm start -- --reset`. */
export async function measureStart(): Promise<readonly Measurement[]> {
  const clone = await FreshClone.make("pipelines/abalone");
  try {
    const run = (runs: number, ...args: readonly string[]) => time(runs, clone.folder, "npm", "start", "--", ...args);
    const first = run(3, "--reset");
    const against = (what: string, seconds: number) => measurement(what, seconds, "npm start -- --reset", first);
    run(1);
    const warm = against("npm start, nothing changed", run(5));
    clone.edit("pipelines/abalone/evaluate.py", "import pickle", "import pickle  # the same");
    const evaluate = against("npm start, evaluate.py changed", run(1));
    clone.edit("pipelines/abalone/preprocess.py", "import choice", "import  choice");
    return [warm, evaluate, against("npm start, preprocess.py changed", run(1))];
  } finally {
    clone.remove();
  }
}
