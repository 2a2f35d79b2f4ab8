import type { Resource, StackFacts, Violation } from "../../policy/rules/rule.ts";
import { rules } from "../../policy/rules.ts";

export interface Judged extends Violation {
  readonly rule: string;
}

/** What all rules refuse of a stack. */
export function judge(resources: readonly Resource[], facts: StackFacts = {}): readonly Judged[] {
  return rules.flatMap((rule) => {
    const violations =
      "check" in rule
        ? resources.flatMap((resource) => rule.check(resource).map((message) => ({ resource, message })))
        : rule.checkStack(resources, facts);
    return violations.map((violation) => ({ rule: rule.name, ...violation }));
  });
}
