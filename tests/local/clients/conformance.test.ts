import assert from "node:assert/strict";
import { operations } from "../../../local/api/registry.ts";
import { pythons } from "../pythons.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { runPython } from "./python-program.ts";

interface Outcome {
  /** What failed, by table. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  /** The endpoint's operations that no table calls with success. */
  readonly uncalled: readonly string[];
}

const tables = {
  lists: "lists: every filter, every order, pages of one, tokens of other lists",
  lifecycles: "what is made can be read, changed and removed",
  errors: "what is missing, there already or wrong",
} as const;

/** The tables are programs in Python: boto3 asks, and botocore's own validator reads the answers. */
describe("conformance with botocore's model", () => {
  const aws = useLocalAws();
  let outcome: Outcome;

  before(async function () {
    this.timeout(300_000);
    const { moto: python } = await pythons();
    const args = [JSON.stringify(Object.keys(operations))];
    const printed = await runPython({ python, file: "conformance/main.py", args, url: aws.url, folder: aws.state });
    outcome = JSON.parse(printed);
  });

  for (const [name, title] of Object.entries(tables))
    it(title, () => {
      const failed = outcome.failed[name] ?? [`there is no table ${name}`];
      assert.equal(failed.length, 0, failed.join("\n"));
    });

  it("is asked of every operation that the endpoint has", () => {
    assert.deepEqual(Object.keys(outcome.failed).sort(), Object.keys(tables).sort());
    assert.deepEqual(outcome.uncalled, []);
  });
});
