import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Resource } from "../../policy/rule.ts";
import type { RecordedStack, StackRequest } from "../infra/record-stack.ts";
import { account } from "./example-stack.ts";
import { judge } from "./judge.ts";
import { changed } from "./mistake.ts";
import { stackMistakes } from "./mistakes.ts";

const program = fileURLToPath(new URL("../infra/record-stack.ts", import.meta.url));

/** The stack as `index.ts` registers it. */
async function record(configuration: StackRequest["configuration"] = {}): Promise<readonly Resource[]> {
  const request: StackRequest = {
    ...{ stack: "dev", account },
    configuration: { "aws:region": "eu-central-1", ...configuration },
  };
  const args = ["--import", "tsx", program, JSON.stringify(request)];
  const { resources, error } = JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as RecordedStack;
  assert.equal(error, undefined);
  return resources.map(({ type, name, inputs, protect }) => ({
    ...{ urn: `urn:pulumi:dev::sagemaker-training::${type}::${name}`, type, name },
    ...{ props: inputs, protect },
  }));
}

/** What the rules refuse, as text to compare. */
function refused(stack: readonly Resource[]): readonly string[] {
  return judge(stack, { account }).map(({ rule, resource, message }) => `${rule}: ${resource.urn}: ${message}`);
}

describe("the policy pack on the stack", function () {
  this.timeout(60_000);
  let stack: readonly Resource[];

  before(async () => {
    stack = await record();
  });

  it("refuses nothing of it", () => {
    assert.deepEqual(refused(stack), []);
  });

  it("refuses nothing of one with everything configured, that may be lost", async () => {
    const configured = await record({
      "sagemaker-training:forceDestroy": "true",
      "sagemaker-training:kmsKeyArn": `arn:aws:kms:eu-central-1:${account}:key/1234`,
      "sagemaker-training:accessLogBucket": "logs",
    });
    assert.deepEqual(refused(configured), []);
  });

  for (const { rule, what, change, says } of stackMistakes)
    it(`refuses it with ${what}, by ${rule}`, () => {
      const judged = judge(changed(stack, change) ?? [], { account });
      assert.deepEqual([...new Set(judged.map(({ rule }) => rule))], [rule]);
      assert.ok(judged.some(({ message }) => says.test(message)));
    });
});
