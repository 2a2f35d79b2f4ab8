import type { UpdatePipelineVersionRequest, UpdatePipelineVersionResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";
import { checkFree, pipelineVersion, pipelineVersions, putVersion } from "./pipeline-version.ts";

/** What the service's model has beyond the SDK's types. */
interface Aliases {
  readonly PipelineVersionAliasOperations?: { readonly Add?: readonly string[]; readonly Remove?: readonly string[] };
}

/** Aliases that one version may have. Source: the service model's `PipelineVersionAliasList`. */
const mostAliases = 10;

export const updatePipelineVersion: Operation<UpdatePipelineVersionRequest & Aliases, UpdatePipelineVersionResponse> = (
  input,
  call,
) => {
  const { PipelineArn } = findPipeline(input.PipelineArn, call);
  const current = pipelineVersion(PipelineArn, { version: input.PipelineVersionId }, call);
  const { Add = [], Remove = [] } = input.PipelineVersionAliasOperations ?? {};
  const others = pipelineVersions(PipelineArn, call).filter(({ version }) => version !== current.version);
  checkFree(Add, others);
  const aliases = [...new Set([...current.aliases.filter((alias) => !Remove.includes(alias)), ...Add])];
  if (aliases.length > mostAliases)
    throw validationError(`A version of a pipeline has at most ${mostAliases} aliases, not ${aliases.length}.`);
  putVersion(
    {
      ...current,
      displayName: input.PipelineVersionDisplayName ?? current.displayName,
      description: input.PipelineVersionDescription ?? current.description,
      aliases,
    },
    call,
  );
  return { PipelineArn, PipelineVersionId: current.version };
};
