import assert from "node:assert/strict";
import { emptyLists } from "../../../local/api/empty-lists.ts";
import { operations } from "../../../local/api/registry.ts";
import { pythons } from "../pythons.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { runPython } from "./python-program.ts";

interface Outcome {
  /** The failures of each table. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  /** The endpoint's operations that no table called successfully. */
  readonly uncalled: readonly string[];
}

const tables = {
  lists: "lists with every filter, order and page size",
  lifecycles: "creates, describes, updates and deletes every kind of resource",
  errors: "rejects missing, existing and invalid resources with AWS's error codes",
} as const;

/** The tables are Python programs that call the endpoint with boto3 and validate the answers with botocore. */
describe("the endpoint, called with boto3", () => {
  const aws = useLocalAws();
  let outcome: Outcome;

  before(async function () {
    this.timeout(300_000);
    const { moto: python } = await pythons();
    const args = [operations, emptyLists].map((table) => JSON.stringify(Object.keys(table)));
    const printed = await runPython({ python, file: "conformance/main.py", args, url: aws.url, folder: aws.state });
    outcome = JSON.parse(printed);
  });

  for (const [name, title] of Object.entries(tables))
    it(title, () => {
      const failed = outcome.failed[name] ?? [`there is no table ${name}`];
      assert.equal(failed.length, 0, failed.join("\n"));
    });

  it("is called with every operation that works locally", () => {
    assert.deepEqual(Object.keys(outcome.failed).sort(), Object.keys(tables).sort());
    assert.deepEqual(outcome.uncalled, []);
  });
});
