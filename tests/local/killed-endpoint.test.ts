import assert from "node:assert/strict";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import {
  type PipelineExecutionStep,
  paginateListPipelineExecutionSteps,
  RetryPipelineExecutionCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { definition } from "./definitions.ts";
import { clients, createPipeline, follow, start, temporaryFolder } from "./local-aws.ts";
import { startEndpointProcess } from "./start-endpoint-process.ts";

const instant = (Name: string, DependsOn: readonly string[]) => ({
  Name,
  Type: "Condition",
  DependsOn,
  Arguments: { Conditions: [{ Type: "Equals", LeftValue: 1, RightValue: 1 }], IfSteps: [], ElseSteps: [] },
});
/** Steps that run one after another, so that an execution takes long enough to be killed. */
const chain = Array.from({ length: 400 }, (_, index) => instant(`S${index}`, index === 0 ? [] : [`S${index - 1}`]));

/** Returns the start time of each step that succeeded. */
async function begun(client: SageMakerClient, PipelineExecutionArn: string): Promise<ReadonlyMap<string, Date>> {
  const steps: PipelineExecutionStep[] = [];
  for await (const page of paginateListPipelineExecutionSteps({ client }, { PipelineExecutionArn }))
    steps.push(...(page.PipelineExecutionSteps ?? []));
  return new Map(
    steps.flatMap(({ StepName, StepStatus, StartTime }) =>
      StepStatus === "Succeeded" && StepName !== undefined && StartTime !== undefined ? [[StepName, StartTime]] : [],
    ),
  );
}

describe("an endpoint killed during executions", function () {
  this.timeout(120_000);

  it("keeps all executions, and a retry continues each without repeating steps that succeeded", async () => {
    const state = await temporaryFolder();
    const told = new Set<string>();
    // Kills the endpoint at different moments of the executions.
    for (const [round, milliseconds] of [3, 20, 45, 90].entries()) {
      const { url, child } = await startEndpointProcess(state);
      const aws = clients(url);
      if (round === 0) await createPipeline(aws, "Chain", definition(chain));
      for (let index = 0; index < 3; index++) told.add(await start(aws, "Chain"));
      await delay(milliseconds);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const { url, child } = await startEndpointProcess(state);
    const aws = clients(url);
    try {
      for (const PipelineExecutionArn of told) {
        const before = await follow(aws, PipelineExecutionArn);
        assert.ok(["Succeeded", "Failed"].includes(before.status ?? ""), before.status);
        if (before.status === "Succeeded") continue;
        assert.match(before.reason ?? "", /local endpoint ended/);
        const first = await begun(aws.sagemaker, PipelineExecutionArn);
        const ClientRequestToken = "retry".padEnd(32, "-");
        await aws.sagemaker.send(new RetryPipelineExecutionCommand({ PipelineExecutionArn, ClientRequestToken }));
        assert.equal((await follow(aws, PipelineExecutionArn)).status, "Succeeded");
        const all = await begun(aws.sagemaker, PipelineExecutionArn);
        assert.equal(all.size, chain.length);
        for (const [name, time] of first) assert.deepEqual(all.get(name), time, `${name} ran again`);
      }
    } finally {
      child.kill("SIGTERM");
      await once(child, "exit");
      await rm(state, { recursive: true });
    }
  });
});
