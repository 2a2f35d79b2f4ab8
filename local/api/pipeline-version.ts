import type {
  ListPipelineVersionsRequest,
  ListPipelineVersionsResponse,
  UpdatePipelineVersionRequest,
  UpdatePipelineVersionResponse,
} from "@aws-sdk/client-sagemaker";
import { findPipeline } from "../state/pipeline.ts";
import { checkFree, pipelineVersion, pipelineVersions, putVersion } from "../state/pipeline-version.ts";
import { pipelineVersionKey } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { listing } from "./listing.ts";

/** A member of SageMaker's API that the SDK's types lack. */
interface Aliases {
  readonly PipelineVersionAliasOperations?: { readonly Add?: readonly string[]; readonly Remove?: readonly string[] };
}

/** The maximum number of aliases of a version. Source: `PipelineVersionAliasList` in SageMaker's API model. */
const mostAliases = 10;

export function listPipelineVersions(
  input: Wire<ListPipelineVersionsRequest>,
  call: Call,
): Wire<ListPipelineVersionsResponse> {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const { items, next } = listing(pipelineVersions(PipelineArn, call), input, {
    arn: ({ version }) => pipelineVersionKey(PipelineArn, version),
    name: ({ displayName }) => displayName,
    created: ({ createdTime }) => createdTime,
    sequence: ({ version }) => version,
    order: "Descending",
  });
  const PipelineVersionSummaries = items.map((each) => ({
    PipelineArn,
    PipelineVersionId: each.version,
    CreationTime: each.createdTime,
    PipelineVersionDescription: each.description,
    PipelineVersionDisplayName: each.displayName,
    LastExecutionPipelineExecutionArn: each.lastExecutionArn,
    ...(each.aliases.length === 0 ? {} : { PipelineVersionAliases: each.aliases }),
  }));
  return { PipelineVersionSummaries, ...next };
}

export function updatePipelineVersion(
  input: UpdatePipelineVersionRequest & Aliases,
  call: Call,
): UpdatePipelineVersionResponse {
  const { PipelineArn } = findPipeline(input.PipelineArn, call);
  const current = pipelineVersion(PipelineArn, { version: input.PipelineVersionId }, call);
  const { Add = [], Remove = [] } = input.PipelineVersionAliasOperations ?? {};
  const others = pipelineVersions(PipelineArn, call).filter(({ version }) => version !== current.version);
  checkFree(Add, others);
  const aliases = [...new Set([...current.aliases.filter((alias) => !Remove.includes(alias)), ...Add])];
  if (aliases.length > mostAliases)
    throw validationError(`A version of a pipeline has at most ${mostAliases} aliases, not ${aliases.length}.`);
  const displayName = input.PipelineVersionDisplayName ?? current.displayName;
  const description = input.PipelineVersionDescription ?? current.description;
  putVersion({ ...current, displayName, description, aliases }, call);
  return { PipelineArn, PipelineVersionId: current.version };
}
