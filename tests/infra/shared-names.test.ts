import assert from "node:assert/strict";
import { sharedNames } from "../../infra/shared-names.ts";
import { stackNames } from "../../infra/stack-names.ts";

function shared(pipelines: Readonly<Record<string, string>>): readonly string[] {
  const names = stackNames("dev", "111122223333", "eu-central-1", { pipelines });
  return sharedNames(["crickets", "oyster"], names);
}

describe("sharedNames", () => {
  it("returns nothing if the stack chooses the names", () => assert.deepEqual(shared({}), []));

  for (const pipelines of [
    { crickets: "rings", oyster: "rings" },
    { crickets: "rings", oyster: "Rings" },
    { oyster: "crickets-training-dev" },
  ])
    it(`reports the shared name in ${JSON.stringify(pipelines)}`, () => {
      const [line = "", ...others] = shared(pipelines);
      assert.deepEqual(others, []);
      assert.match(
        line,
        /^pipelines\.oyster\.name: got \S+, which is also the name of pipeline crickets; give each pipeline its own name$/,
      );
    });
});
