import type { ExecutionRecord } from "../state/execution-record.ts";
import { type PipelineRecord, type PipelineVersionRecord, pipelineVersionKey, type Store } from "../state/store.ts";
import { notFound, validationError } from "../wire/aws-error.ts";

/** Which version of a pipeline a request means; the latest where it says neither. */
export interface VersionChoice {
  readonly version?: number | undefined;
  readonly alias?: string | undefined;
}

type Place = { readonly store: Store };

/** The versions of a pipeline, the oldest first. One that was stored before there were any is its own first one. */
export function pipelineVersions(pipelineArn: string, { store }: Place): readonly PipelineVersionRecord[] {
  const versions = store.pipelineVersions.values().filter((each) => each.pipelineArn === pipelineArn);
  const pipeline = store.pipelines.get(pipelineArn);
  if (versions.length > 0 || pipeline === undefined) return versions.sort((a, b) => a.version - b.version);
  return [{ pipelineArn, version: 1, pipeline, createdTime: pipeline.CreationTime ?? 0, aliases: [] }];
}

/** @throws AwsError `ResourceNotFound` where there is no such version, `ValidationException` for both a number and an alias */
export function pipelineVersion(
  pipelineArn: string,
  { version, alias }: VersionChoice,
  place: Place,
): PipelineVersionRecord {
  if (version !== undefined && alias !== undefined)
    throw validationError("PipelineVersionId and PipelineVersionAlias are both given: give one of them.");
  const versions = pipelineVersions(pipelineArn, place);
  const found =
    alias === undefined
      ? versions.find((each) => each.version === (version ?? versions.at(-1)?.version))
      : versions.find((each) => each.aliases.includes(alias));
  if (found !== undefined) return found;
  throw notFound(`Pipeline '${pipelineArn}' has no version ${alias ?? version ?? ""}.`);
}

/** The aliases that a version has now, as descriptions of executions have them: not at all where it has none. */
export function aliasesOf(
  { pipelineArn, pipelineVersion: version }: Pick<ExecutionRecord, "pipelineArn" | "pipelineVersion">,
  { store }: Place,
): { readonly PipelineVersionAliases?: readonly string[] } {
  const record =
    version === undefined ? undefined : store.pipelineVersions.get(pipelineVersionKey(pipelineArn, version));
  return record === undefined || record.aliases.length === 0 ? {} : { PipelineVersionAliases: record.aliases };
}

/**
 * Keeps what a pipeline was made or updated to as its next version.
 *
 * @param token of the request that made the pipeline: asked again, it is the same one
 * @throws AwsError `ValidationException` for an alias in use
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
    ...(token === undefined ? {} : { token }),
  };
  putVersion(record, place);
  return record;
}

export function putVersion(record: PipelineVersionRecord, { store }: Place): void {
  store.pipelineVersions.put(pipelineVersionKey(record.pipelineArn, record.version), record);
}

/** An alias is of one version of a pipeline. */
export function checkFree(aliases: readonly string[], others: readonly PipelineVersionRecord[]): void {
  const taken = aliases.find((alias) => others.some((each) => each.aliases.includes(alias)));
  if (taken !== undefined) throw validationError(`The alias ${taken} belongs to another version of the pipeline.`);
}
