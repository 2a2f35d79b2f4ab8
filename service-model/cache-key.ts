import type { Json, StepDefinition } from "./definition.ts";
import { isRecord } from "./property-path.ts";
import { stepTypeFacts } from "./step-types.ts";

/** The execution variables that are the same in every execution of a pipeline. The others make the step cache miss each time. */
export const constantVariables: ReadonlySet<string> = new Set(["PipelineName", "PipelineArn"]);

/**
 * Returns the arguments of a step that SageMaker's step cache compares, each with its path. A missing argument is null.
 * Returns undefined for a type of step that is not cached.
 *
 * @param step the step, of which some types are compared with other members, too
 */
export function comparedArguments(
  { Type: type, ...members }: StepDefinition,
  given: { readonly [key: string]: Json },
): readonly (readonly [path: string, value: Json])[] | undefined {
  const { cacheKey: keys, memberCacheKey = [] } = stepTypeFacts(type) ?? {};
  if (keys === undefined) return undefined;
  const own = memberCacheKey.map(
    (name) => [name, (members as unknown as { readonly [name: string]: Json })[name] ?? null] as const,
  );
  if (keys === "all") return [["", given], ...own];
  const at = (path: string) =>
    path.split(".").reduce<Json>((value, key) => (isRecord(value) ? (value[key] ?? null) : null), given);
  return [...keys.map((path) => [path, at(path)] as const), ...own];
}
