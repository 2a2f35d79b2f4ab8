import type { AwsClients } from "../../aws/clients.ts";
import type { BaselineOption } from "../../check/execution/baseline-option.ts";
import type { CommandOrigin } from "../../check/execution/command-origin.ts";
import { defined } from "../../service-model/defined.ts";
import type { PipelineOutputs, StackOutputs } from "../../stack-outputs.ts";
import { uploadData } from "../data/upload.ts";
import { type Catalog, type GivenData, inputData } from "./input-data.ts";

/** How long a command waits for its execution, in milliseconds. */
const timeout = 60 * 60_000;

/** A deployed stack, and what all executions of one command share. */
export interface DeployedStack {
  readonly outputs: StackOutputs;
  readonly clients: AwsClients;
  readonly origin: CommandOrigin;
  /** The catalog of the source tree that was deployed, if it is not this one. */
  readonly catalog?: Catalog | undefined;
}

export interface ExecutionRequest extends GivenData {
  /** The value of `--baseline`, if the user gives one. */
  readonly baseline?: BaselineOption | undefined;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/**
 * Returns the options of an execution of a pipeline. Uploads its data, so that it gets the data's URI as a parameter.
 *
 * @throws as {@link inputData} and {@link uploadData}
 */
export async function executionOptions(
  { outputs, clients, origin, catalog }: DeployedStack,
  folder: string,
  pipeline: PipelineOutputs,
  { print, signal, baseline, ...given }: ExecutionRequest,
) {
  const path = await inputData(folder, pipeline, given, { catalog, log: print, signal });
  const location = { bucket: outputs.artifactBucket, prefix: pipeline.prefix };
  const InputDataUrl = path === undefined ? undefined : await uploadData(clients.s3, path, location);
  if (InputDataUrl !== undefined) print(`Data ${InputDataUrl}`);
  return {
    ...{ clients, origin, timeout, signal, print, baseline },
    parameters: { ...defined({ InputDataUrl }), ...given.parameters },
    choice: { kind: "own" } as const,
  };
}
