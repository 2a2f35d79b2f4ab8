import { defined } from "../../service-model/defined.ts";
import { notFound, validationError } from "../wire/aws-error.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { type PipelineRecord, type PipelineVersionRecord, pipelineVersionKey, type Store } from "./store.ts";

/** The version that a request names. Without number and alias it means the latest version. */
export interface VersionChoice {
  readonly version?: number | undefined;
  readonly alias?: string | undefined;
}

type Place = { readonly store: Store };

/**
 * Returns the versions of a pipeline, the oldest first. State of an older endpoint has no versions; its pipelines count
 * as their own first version.
 */
export function pipelineVersions(pipelineArn: string, { store }: Place): readonly PipelineVersionRecord[] {
  const versions = store.pipelineVersions.values().filter((each) => each.pipelineArn === pipelineArn);
  const pipeline = store.pipelines.get(pipelineArn);
  if (versions.length > 0 || pipeline === undefined) return versions.sort((a, b) => a.version - b.version);
  return [{ pipelineArn, version: 1, pipeline, createdTime: pipeline.CreationTime ?? 0, aliases: [] }];
}

/**
 * Returns one version of a pipeline.
 *
 * @throws AwsError `ResourceNotFound`; `ValidationException` if the request gives both a number and an alias
 */
export function pipelineVersion(
  pipelineArn: string,
  { version, alias }: VersionChoice,
  place: Place,
): PipelineVersionRecord {
  if (version !== undefined && alias !== undefined)
    throw validationError("PipelineVersionId and PipelineVersionAlias are both given: give one of them.");
  const versions = pipelineVersions(pipelineArn, place);
  const chosen =
    alias === undefined
      ? versions.find((each) => each.version === (version ?? versions.at(-1)?.version))
      : versions.find((each) => each.aliases.includes(alias));
  if (chosen !== undefined) return chosen;
  throw notFound(`Pipeline '${pipelineArn}' has no version ${alias ?? version ?? ""}.`);
}

/**
 * Returns the `PipelineVersionAliases` member of an execution's description, which is missing if there are no aliases.
 */
export function aliasesOf(
  { pipelineArn, pipelineVersion: version }: Pick<ExecutionRecord, "pipelineArn" | "pipelineVersion">,
  { store }: Place,
): { readonly PipelineVersionAliases?: readonly string[] } {
  const record =
    version === undefined ? undefined : store.pipelineVersions.get(pipelineVersionKey(pipelineArn, version));
  return record === undefined || record.aliases.length === 0 ? {} : { PipelineVersionAliases: record.aliases };
}

/**
 * Stores a created or updated pipeline as its next version.
 *
 * @param token the token of the request that created the pipeline; a request that repeats it returns the same pipeline
 * @throws AwsError `ValidationException` for an alias of another version
 */
export function addPipelineVersion(
  pipeline: PipelineRecord,
  aliases: readonly string[],
  place: Place & { readonly now: () => number },
  token?: string,
): PipelineVersionRecord {
  checkFree(aliases, pipelineVersions(pipeline.PipelineArn, place));
  const last = pipelineVersions(pipeline.PipelineArn, place).at(-1)?.version ?? 0;
  const record: PipelineVersionRecord = {
    pipelineArn: pipeline.PipelineArn,
    version: last + 1,
    pipeline,
    createdTime: place.now(),
    aliases,
    ...defined({ token }),
  };
  putVersion(record, place);
  return record;
}

export function putVersion(record: PipelineVersionRecord, { store }: Place): void {
  store.pipelineVersions.put(pipelineVersionKey(record.pipelineArn, record.version), record);
}

/** Checks that the aliases do not belong to other versions. @throws AwsError `ValidationException` */
export function checkFree(aliases: readonly string[], others: readonly PipelineVersionRecord[]): void {
  const taken = aliases.find((alias) => others.some((each) => each.aliases.includes(alias)));
  if (taken !== undefined) throw validationError(`The alias ${taken} belongs to another version of the pipeline.`);
}
