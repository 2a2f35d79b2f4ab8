import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Resource, Rule, StackFacts } from "./rules/rule.ts";

/** A resource as `@pulumi/policy` passes it to resource rules and to stack rules. */
interface EngineResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: { readonly protect: boolean };
}

function resourceOf({ urn, type, name, props, opts }: EngineResource): Resource {
  return { urn, type, name, props, protect: opts.protect };
}

/** Converts a rule to the form that Pulumi's engine expects. */
export function pulumiPolicy(rule: Rule, facts: StackFacts): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description } = rule;
  if ("check" in rule)
    return {
      ...{ name, description },
      validateResource: (args, report) => {
        for (const message of rule.check(resourceOf(args))) report(message);
      },
    };
  return {
    ...{ name, description },
    validateStack: ({ resources }, report) => {
      for (const { message, resource } of rule.checkStack(resources.map(resourceOf), facts))
        report(message, resource.urn);
    },
  };
}
