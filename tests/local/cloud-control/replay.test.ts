import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { useLocalAws } from "../use-local-aws.ts";
import { providerSequence } from "./provider-sequence.ts";
import { Replay, type Run } from "./replay.ts";

const recording = new URL("../../../../shared/cloud-control.json", import.meta.url);

function replayed(runs: readonly Run[]): void {
  const aws = useLocalAws();
  let replay: Replay;
  before(async function () {
    this.timeout(180_000);
    replay = new Replay(aws);
  });

  for (const run of runs) it(`replays: ${run.when}`, () => replay.run(run));
}

describe("the requests of the aws-native provider", () => {
  describe("in a short sequence", () => replayed(providerSequence));

  describe("in the recording beside the repository", () => {
    if (existsSync(recording)) {
      const { runs } = JSON.parse(readFileSync(recording, "utf8")) as { runs: Run[] };
      it("contains all five operations", () => {
        const targets = new Set(runs.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.target)));
        assert.equal(targets.size, 5);
        assert.equal(runs.length, 6);
      });
      replayed(runs);
    } else it.skip(`is skipped because ../shared/cloud-control.json is missing`);
  });
});
