import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Resource, Rule, StackFacts } from "./rules/rule.ts";

/** What `@pulumi/policy` gives of a resource, alone or among a stack's. */
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

/** A rule in the form that Pulumi's engine asks. */
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
