import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const statement = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: z.union([z.string(), z.record(z.string(), texts)]).optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
});

const document = z.object({ Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()) });

/** One permission: one action on one resource, or who may assume the role. */
export interface PermissionAtom {
  readonly effect: "Allow" | "Deny";
  /** `not:` before an action or a resource means everything but this list. */
  readonly action: string;
  readonly on: string;
  readonly condition: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Splits a policy document into permissions. Two documents that group the same permissions differently have the same ones.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * @returns undefined if the value is no policy document, such as one that is not known before the deployment
 */
export function permissionAtoms(policy: unknown): readonly PermissionAtom[] | undefined {
  if (typeof policy !== "string") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(policy);
  } catch {
    return undefined;
  }
  const parsed = document.safeParse(value);
  if (!parsed.success) return undefined;
  return parsed.data.Statement.flatMap((one) => {
    const not = (list: readonly string[] | undefined) => (list === undefined ? undefined : [`not:${list.join(", ")}`]);
    const actions = one.Action ?? not(one.NotAction) ?? [];
    const places = one.Resource ?? not(one.NotResource) ?? principals(one.Principal);
    return actions.flatMap((action) =>
      places.map((on) => ({ effect: one.Effect, action, on, condition: one.Condition })),
    );
  });
}

function principals(principal: z.infer<typeof statement>["Principal"]): readonly string[] {
  if (principal === undefined) return [];
  return typeof principal === "string" ? [principal] : Object.values(principal).flat();
}

/** Returns the permissions of one list that the other does not have. */
export function lackingIn(other: readonly PermissionAtom[], one: readonly PermissionAtom[]): readonly PermissionAtom[] {
  return one.filter((atom) => !other.some((two) => isDeepStrictEqual(atom, two)));
}
