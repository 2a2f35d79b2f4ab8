import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  type PipelineExecutionStep,
  paginateListPipelineExecutionSteps,
  RetryPipelineExecutionCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { definition } from "./definitions.ts";
import { clients, createPipeline, follow, start, temporaryFolder } from "./local-aws.ts";

const instant = (Name: string, DependsOn: readonly string[]) => ({
  Name,
  Type: "Condition",
  DependsOn,
  Arguments: { Conditions: [{ Type: "Equals", LeftValue: 1, RightValue: 1 }], IfSteps: [], ElseSteps: [] },
});
/** A chain, so that an execution takes a while and writes a line for each step. */
const chain = Array.from({ length: 400 }, (_, index) => instant(`S${index}`, index === 0 ? [] : [`S${index - 1}`]));

async function startProcess(state: string): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const script = fileURLToPath(new URL("./endpoint-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, state], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return { url: String(url), child };
}

/** When each step that succeeded began. */
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

describe("an endpoint killed in the middle of executions", function () {
  this.timeout(120_000);

  it("forgets no execution that it told of, runs none twice, and each goes on when it is retried", async () => {
    const state = await temporaryFolder();
    const told = new Set<string>();
    // Moments of an execution, from its first steps to its last.
    for (const [round, milliseconds] of [3, 20, 45, 90].entries()) {
      const { url, child } = await startProcess(state);
      const aws = clients(url);
      if (round === 0) await createPipeline(aws, "Chain", definition(chain));
      for (let index = 0; index < 3; index++) told.add(await start(aws, "Chain"));
      await delay(milliseconds);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const { url, child } = await startProcess(state);
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
