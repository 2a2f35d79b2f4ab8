import type { Resource, RuleViolation, StackFacts } from "../../policy/rules/rule.ts";
import { rules } from "../../policy/rules.ts";

export interface NamedViolation extends RuleViolation {
  readonly rule: string;
}

/** Returns the violations of all rules in a stack. */
export function violationsOf(resources: readonly Resource[], facts: StackFacts = {}): readonly NamedViolation[] {
  return rules.flatMap((rule) => {
    const violations =
      "check" in rule
        ? resources.flatMap((resource) => rule.check(resource).map((message) => ({ resource, message })))
        : rule.checkStack(resources, facts);
    return violations.map((violation) => ({ rule: rule.name, ...violation }));
  });
}
