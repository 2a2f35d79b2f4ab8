import { preparePythons } from "../scripts/local-stack/prepare.ts";
import { abaloneByHand } from "./abalone-by-hand.ts";
import { abaloneData } from "./abalone-data.ts";
import { AbaloneEndpoint } from "./abalone-endpoint.ts";
import { type Measurement, measurement, median } from "./measurement.ts";

const rounds = 7;

/** Compares the abalone pipeline on the endpoint with its three scripts run by hand with the same Python. */
export async function measureJobs(): Promise<readonly Measurement[]> {
  const pythons = await preparePythons(new AbortController().signal, console.error);
  const data = await abaloneData();
  const seconds: { [what in "hand" | "cold" | "warm" | "cached"]: number[] } = {
    hand: [],
    cold: [],
    warm: [],
    cached: [],
  };
  const cold = await AbaloneEndpoint.start("--cold");
  const warm = await AbaloneEndpoint.start();
  try {
    const byHand = { python: pythons.xgboost, data, hyperparameters: await cold.hyperparameters() };
    // These first runs fill the file cache and start the warm Python, and are not measured.
    abaloneByHand(byHand);
    for (const endpoint of [cold, warm]) await endpoint.run(await endpoint.newData(data));
    // The variants alternate, because the load of the machine changes over time.
    for (let round = 0; round < rounds; round++) {
      seconds.hand.push(abaloneByHand(byHand));
      seconds.cold.push(await cold.run(await cold.newData(data)));
      const url = await warm.newData(data);
      seconds.warm.push(await warm.run(url));
      seconds.cached.push(await warm.run(url));
    }
  } finally {
    await cold.close();
    await warm.close();
  }
  const hand = median(seconds.hand);
  const against = (what: string, values: readonly number[], heldTo: string) => ({
    ...measurement(what, median(values), `its three scripts by hand (${hand.toFixed(2)} s)`, hand),
    heldTo,
  });
  return [
    against("abalone's pipeline, each job a new Python", seconds.cold, "at most 1.1 x"),
    against("abalone's pipeline, from a prepared Python", seconds.warm, "at most 0.5 x"),
    against("abalone's pipeline, all steps cached", seconds.cached, "at most 0.5 s"),
  ];
}
