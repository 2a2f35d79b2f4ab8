import type {
  CreatePipelineRequest,
  CreatePipelineResponse,
  DeletePipelineRequest,
  DeletePipelineResponse,
  DescribePipelineRequest,
  ListPipelinesRequest,
  ListPipelinesResponse,
  UpdatePipelineRequest,
  UpdatePipelineResponse,
} from "@aws-sdk/client-sagemaker";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import { parseDefinition } from "../engine/definition-check.ts";
import { isOver } from "../engine/outcome.ts";
import { localUser, pipelineArn } from "../state/arn.ts";
import { findPipeline } from "../state/pipeline.ts";
import { addPipelineVersion, pipelineVersion, pipelineVersions } from "../state/pipeline-version.ts";
import { type PipelineRecord, pipelineVersionKey } from "../state/store.ts";
import { setTags } from "../state/tags.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion, listing } from "./listing.ts";
import { requestedDefinition } from "./requested-definition.ts";

/** A member of SageMaker's API that the SDK's types lack. */
interface Aliases {
  readonly PipelineVersionAliases?: readonly string[];
}
type Description = PipelineRecord & Aliases;
type ListRequest = Wire<ListPipelinesRequest> & { readonly ManagedBy?: "AWS" | "CUSTOMER" };

export async function createPipeline(
  input: CreatePipelineRequest & Aliases,
  call: Call,
): Promise<CreatePipelineResponse> {
  const PipelineName = required(input.PipelineName, "PipelineName");
  const RoleArn = required(input.RoleArn, "RoleArn");
  const PipelineArn = pipelineArn(call.region, PipelineName);
  const PipelineDefinition = await requestedDefinition(input, call);
  const existing = call.store.pipelines.get(PipelineArn);
  if (existing !== undefined) {
    const [first] = pipelineVersions(existing.PipelineArn, call);
    if (input.ClientRequestToken !== undefined && first?.token === input.ClientRequestToken)
      return { PipelineArn: existing.PipelineArn };
    throw validationError(
      `Pipeline names must be unique within an AWS account and region. Pipeline with name (${PipelineName}) already exists.`,
    );
  }
  const now = call.now();
  const pipeline = {
    PipelineArn,
    PipelineName,
    PipelineDisplayName: input.PipelineDisplayName ?? PipelineName,
    PipelineDescription: input.PipelineDescription,
    PipelineDefinition,
    RoleArn,
    PipelineStatus: "Active" as const,
    CreationTime: now,
    LastModifiedTime: now,
    ParallelismConfiguration: input.ParallelismConfiguration,
  };
  addPipelineVersion(pipeline, input.PipelineVersionAliases ?? [], call, input.ClientRequestToken);
  call.store.pipelines.put(PipelineArn, pipeline);
  setTags(PipelineArn, input.Tags ?? [], call);
  warnOfSteps(pipeline, call);
  return { PipelineArn };
}

/** Prints which steps of a new definition will not run here, before somebody waits for the steps before them. */
function warnOfSteps({ PipelineName, PipelineDefinition }: PipelineRecord, { runtime }: Call): void {
  const steps = definitionSteps(parseDefinition(PipelineDefinition ?? "")).filter(
    ({ Type }) => stepTypeFacts(Type)?.runsLocally !== true,
  );
  if (steps.length > 0)
    runtime.print(
      `${PipelineName}: these steps will not run locally: ${steps.map(({ Name, Type }) => `${Name} (${Type})`).join(", ")}`,
    );
}

/** Describes the pipeline, with the definition of the version that the request names. */
export function describePipeline(
  input: DescribePipelineRequest & { readonly PipelineVersionAlias?: string },
  call: Call,
): Description {
  const current = findPipeline(input.PipelineName, call);
  const choice = { version: input.PipelineVersionId, alias: input.PipelineVersionAlias };
  const { pipeline, displayName, description, aliases } = pipelineVersion(current.PipelineArn, choice, call);
  const isLatest = choice.version === undefined && choice.alias === undefined;
  return {
    CreatedBy: localUser,
    LastModifiedBy: localUser,
    ...(isLatest ? current : { ...current, PipelineDefinition: pipeline.PipelineDefinition }),
    PipelineVersionDisplayName: displayName,
    PipelineVersionDescription: description,
    ...(aliases.length === 0 ? {} : { PipelineVersionAliases: aliases }),
  };
}

export function listPipelines(input: ListRequest, call: Call): Wire<ListPipelinesResponse> {
  const chosen = call.store.pipelines
    .values()
    .filter(({ PipelineArn }) => isInRegion(call.region, PipelineArn))
    // All local pipelines are the customer's.
    .filter(() => input.ManagedBy !== "AWS")
    .filter(({ PipelineName }) => PipelineName.startsWith(input.PipelineNamePrefix ?? ""));
  const { items, next } = listing(chosen, input, {
    arn: ({ PipelineArn }) => PipelineArn,
    name: ({ PipelineName }) => PipelineName,
    created: ({ CreationTime }) => CreationTime,
    order: "Descending",
  });
  const PipelineSummaries = items.map((pipeline) => ({
    PipelineArn: pipeline.PipelineArn,
    PipelineName: pipeline.PipelineName,
    PipelineDisplayName: pipeline.PipelineDisplayName,
    PipelineDescription: pipeline.PipelineDescription,
    RoleArn: pipeline.RoleArn,
    CreationTime: pipeline.CreationTime,
    LastModifiedTime: pipeline.LastModifiedTime,
    LastExecutionTime: pipeline.LastRunTime,
  }));
  return { PipelineSummaries, ...next };
}

/** Updates the given members. A changed definition creates a new version. */
export async function updatePipeline(
  input: UpdatePipelineRequest & Aliases,
  call: Call,
): Promise<UpdatePipelineResponse> {
  const given = input.PipelineDefinition !== undefined || input.PipelineDefinitionS3Location !== undefined;
  findPipeline(input.PipelineName, call);
  const text = given ? await requestedDefinition(input, call) : undefined;
  // Reads the record again, because another request may have changed it during the download from S3.
  const before = findPipeline(input.PipelineName, call);
  const changes = text !== undefined && text !== before.PipelineDefinition;
  const { PipelineVersionAliases: aliases = [] } = input;
  if (aliases.length > 0 && !changes)
    throw validationError(
      "PipelineVersionAliases needs a changed definition, because only that creates a new version: change it, or leave out the aliases.",
    );
  const pipeline = {
    ...before,
    PipelineDefinition: text ?? before.PipelineDefinition,
    PipelineDisplayName: input.PipelineDisplayName ?? before.PipelineDisplayName,
    PipelineDescription: input.PipelineDescription ?? before.PipelineDescription,
    RoleArn: input.RoleArn ?? before.RoleArn,
    ParallelismConfiguration: input.ParallelismConfiguration ?? before.ParallelismConfiguration,
    LastModifiedTime: call.now(),
  };
  const { version } = changes
    ? addPipelineVersion(pipeline, aliases, call)
    : pipelineVersion(before.PipelineArn, {}, call);
  call.store.pipelines.put(pipeline.PipelineArn, pipeline);
  return { PipelineArn: pipeline.PipelineArn, PipelineVersionId: version };
}

export function deletePipeline(input: DeletePipelineRequest, call: Call): DeletePipelineResponse {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const executions = call.store.executions.values().filter((execution) => execution.pipelineArn === PipelineArn);
  const running = executions.find((execution) => !isOver(execution));
  if (running !== undefined) {
    throw new AwsError("ConflictException", `Pipeline '${PipelineArn}' has a running execution: ${running.arn}`);
  }
  // A later pipeline of the same name must not get step cache hits from these executions.
  for (const execution of executions) call.store.executions.delete(execution.arn);
  for (const { version } of pipelineVersions(PipelineArn, call))
    call.store.pipelineVersions.delete(pipelineVersionKey(PipelineArn, version));
  call.store.tags.delete(PipelineArn);
  call.store.pipelines.delete(PipelineArn);
  return { PipelineArn };
}
