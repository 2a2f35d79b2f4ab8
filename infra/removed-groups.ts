import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import type { LastOutputs } from "./last-outputs.ts";

/** A model package group of the stack, and the folder of its pipeline. */
export interface OwnGroup {
  readonly folder: string;
  readonly group: string;
}

/** The groups before and after a deploy, and what the configuration says about them. */
export interface GroupChange {
  readonly last: LastOutputs;
  /** The groups that the program declares now. */
  readonly declared: readonly OwnGroup[];
  /** The folders that the stack deploys now, including those without an own group. */
  readonly folders: readonly string[];
  /** The folders in the configuration's `retiredPipelines`. */
  readonly retired: readonly string[];
}

/** The mistakes of a deploy that would delete registered models. The local deploy asks before it does. */
export class LostModels extends ConfigurationProblems {
  readonly lost: readonly OwnGroup[];

  constructor(lines: readonly string[], lost: readonly OwnGroup[]) {
    super(lines);
    this.lost = lost;
  }
}

/** Returns the stack's own groups of the last deploy that the program no longer declares. */
function removedGroups({ last, declared }: GroupChange): readonly OwnGroup[] {
  const kept = new Set(declared.map(({ group }) => group));
  return Object.entries(last.pipelines ?? {}).flatMap(
    ([folder, { modelPackageGroup: group, ownsModelPackageGroup }]) =>
      ownsModelPackageGroup && group !== undefined && !kept.has(group) ? [{ folder, group }] : [],
  );
}

/** Returns why a group cannot be deleted; undefined if it can. */
async function obstacle(
  { group }: OwnGroup,
  { last }: GroupChange,
  hasModels: (group: string) => Promise<boolean>,
): Promise<string | undefined> {
  if (last.forceDestroy !== true) return "is protected, as it may have registered models";
  return (await hasModels(group)) ? "has registered models" : undefined;
}

function problem({ folder, group }: OwnGroup, { folders, retired }: GroupChange, why: string): string {
  return folders.includes(folder)
    ? `pipelines.${folder}: it no longer registers models in its group ${group}, which ${why}; restore its settings and its gate`
    : `retiredPipelines: the pipeline ${folder} is gone, but its model package group ${group} ${why}; to keep the group outside of the stack, run pulumi config set --path 'retiredPipelines[${retired.length}]' ${folder}; or restore pipelines/${folder} (docs/retiring.md)`;
}

/**
 * Returns the removed groups that the stack hands over: they stay in AWS, and the stack forgets them.
 *
 * @param hasModels asks AWS whether a group has registered models; only asked for groups that Pulumi may delete
 * @throws ConfigurationProblems with one line for each group that Pulumi or AWS would refuse to delete, LostModels if all of
 *   these groups have registered models that Pulumi may delete
 */
export async function retiredGroups(
  change: GroupChange,
  hasModels: (group: string) => Promise<boolean>,
): Promise<readonly OwnGroup[]> {
  const { folders, retired } = change;
  const deployed = retired
    .filter((folder) => folders.includes(folder))
    .map((folder) => `retiredPipelines: got ${folder}, which the stack deploys; remove it here, or remove its folder`);
  const removed = removedGroups(change);
  const isRetired = ({ folder }: OwnGroup) => retired.includes(folder) && !folders.includes(folder);
  const refused = await Promise.all(
    removed
      .filter((own) => !isRetired(own))
      .map(async (own) => {
        const why = await obstacle(own, change, hasModels);
        return why === undefined ? [] : [{ own, line: problem(own, change, why) }];
      }),
  );
  const groups = refused.flat();
  const problems = [...deployed, ...groups.map(({ line }) => line)];
  if (problems.length > 0 && deployed.length === 0 && change.last.forceDestroy === true)
    throw new LostModels(
      problems,
      groups.map(({ own }) => own),
    );
  if (problems.length > 0) throw new ConfigurationProblems(problems);
  return removed.filter(isRetired);
}
