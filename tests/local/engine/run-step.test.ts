import assert from "node:assert/strict";
import { parseDefinition } from "../../../local/engine/definition-check.ts";
import { runStep } from "../../../local/engine/run-step.ts";
import type { StepRun } from "../../../local/engine/steps/step-run.ts";
import { stepTypes } from "../../../service-model/step-types.ts";
import { definition } from "../definitions.ts";

const runs = ["Condition", "Fail", "Lambda", "Model", "Processing", "RegisterModel", "Training", "Transform"];
const others = Object.keys(stepTypes).filter((type) => !runs.includes(type));

describe("a step of a type that does not run locally", () => {
  for (const type of others) {
    it(`fails with the list of types that run locally: ${type}`, async () => {
      const step = { Name: "S", Type: type, Arguments: {} };
      assert.equal(parseDefinition(JSON.stringify(definition([step]))).Steps[0]?.Name, "S");
      // The engine rejects the step before it reads the other members of a StepRun.
      const end = await runStep({ step } as unknown as StepRun);
      assert.deepEqual(end, {
        status: "Failed",
        failureReason: `A step of type ${type} does not run locally: leave S out of the pipeline when you deploy it to the local endpoint, or use AWS. Types that run locally: ${runs.join(", ")}.`,
      });
    });
  }
});
