import assert from "node:assert/strict";
import { executionPermissions } from "../../../infra/permissions/execution-permissions.ts";
import { policyDocument } from "../../../infra/permissions/policy.ts";
import { serviceCalls } from "../../../local/iam/service-calls.ts";
import type { PipelineDefinition } from "../../../service-model/definition.ts";
import { narrower } from "./policy-changes.ts";
import { allows, type Call, simulatedCall, told } from "./simulate.ts";
import { place, role, type Step, stepKinds, used } from "./step-kinds.ts";

function definition(steps: readonly Step[]): PipelineDefinition {
  const Steps = steps.map(([Type, Arguments], index) => ({ Name: `Step${index}`, Type, Arguments }));
  return { Version: "2020-12-01", Metadata: {}, Parameters: [], Steps };
}

/** Returns the calls that a policy denies. */
async function denied(policy: string, calls: readonly Call[]): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(role, policy, call)));
  return calls.filter((_, index) => !answers[index]).map(told);
}

describe("the execution role's policy, simulated for each step type", function () {
  this.timeout(30_000);
  for (const [what, { steps, kinds, calls, exact }] of Object.entries(stepKinds)) {
    // The definition of an endpoint names no KMS keys, so AWS's calls for keys are left out.
    const service = used(kinds);
    const plain = exact ? service : { ...service, keys: {} };
    const needed = [...calls, ...serviceCalls.flatMap((row) => row.calls(plain).map(simulatedCall))];
    const deployed = { folder: "p", definition: definition(steps), prefix: "p" };
    const { statements, problems } = executionPermissions([deployed], place);

    it(`allows all calls of a pipeline with ${what}, and AWS's own calls for it`, async () => {
      assert.deepEqual(problems, []);
      assert.deepEqual(await denied(policyDocument(statements), needed), []);
    });

    if (exact)
      it(`has only actions, resources and conditions that the calls for ${what} need`, async () => {
        const unused: string[] = [];
        for (const [index, statement] of statements.entries()) {
          const touched = needed.filter(([action]) => statement.Action.includes(action));
          for (const [left, instead] of narrower(statement)) {
            const rest = statements.flatMap((other, position) => (position === index ? instead : [other]));
            if ((await denied(policyDocument(rest), touched)).length === 0) unused.push(`${statement.Sid}: ${left}`);
          }
        }
        assert.deepEqual(unused, []);
      });
  }
});
