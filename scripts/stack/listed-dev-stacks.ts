import { z } from "zod";
import { isDevStack, pullRequestOf } from "./dev-stack-name.ts";
import { PulumiError, pulumiOutput } from "./pulumi-cli.ts";

/** Source: `formatStackSummariesJSON` in https://github.com/pulumi/pulumi/blob/master/pkg/cmd/pulumi/stack/stack_ls.go */
const stacksSchema = z.array(z.object({ name: z.string(), lastUpdate: z.string().optional() }));

/** A dev stack in the state. */
export interface DevStack {
  readonly name: string;
  readonly pullRequest: number | undefined;
  /** Days since its last update; 0 for one that was never updated, because it may be about to be. */
  readonly days: number;
  /** Whether it is marked to be destroyed when it is old. */
  readonly expires: boolean;
}

async function list(...further: readonly string[]): Promise<z.infer<typeof stacksSchema>> {
  const text = await pulumiOutput(["stack", "ls", "--json", ...further]);
  try {
    return stacksSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new PulumiError("the output of pulumi stack ls is not a list of stacks", { cause: error });
  }
}

/**
 * Lists the dev stacks of this project. `dev-stack up` marks those that expire with a tag.
 * Source of tags in state that is not in Pulumi Cloud: https://github.com/pulumi/pulumi/pull/19882
 *
 * @throws PulumiError
 */
export async function listedDevStacks(now: number): Promise<readonly DevStack[]> {
  const all = (await list()).filter(({ name }) => isDevStack(name));
  const expiring = new Set((await list("--tag-filter", "expires=true")).map(({ name }) => name));
  return all.map(({ name, lastUpdate }) => {
    const updated = lastUpdate === undefined ? now : Date.parse(lastUpdate);
    const days = Math.max(0, (now - updated) / 86_400_000);
    return { name, pullRequest: pullRequestOf(name), days, expires: expiring.has(name) };
  });
}
