import { LocalError } from "../wire/local-error.ts";
import type { FaultRule, FaultRuleInput } from "./fault-rule.ts";
import { checkedFaults } from "./parse-faults.ts";

/** An active rule and its counters. */
export type ActiveFault = FaultRule & {
  readonly id: number;
  /** The number of calls that matched the rule, including the skipped ones. */
  readonly calls: number;
  /** The number of calls that got the fault. */
  readonly fired: number;
};

/** The part of a call that rules match. */
export interface MatchedCall {
  readonly service: string;
  readonly operation: string;
  readonly from: "client" | "job";
}

/**
 * The active faults, in the order in which they were added. Each counts the calls that match it. A call gets the first
 * fault that matches and is due. Time and chance play no role, so tests are repeatable.
 */
export class Faults {
  #active: ActiveFault[] = [];
  #next = 1;

  /** @throws LocalError `usage` for invalid rules */
  constructor(rules: readonly FaultRuleInput[] = []) {
    this.add(rules);
  }

  /** Adds rules. @throws LocalError `usage` if one of them is invalid; then it adds none */
  add(rules: readonly FaultRuleInput[]): readonly ActiveFault[] {
    const added = checkedFaults(rules, "the faults").map((rule) => ({ ...rule, id: this.#next++, calls: 0, fired: 0 }));
    this.#active.push(...added);
    return added;
  }

  list(): readonly ActiveFault[] {
    return this.#active;
  }

  /** Removes one fault, or all of them. @throws LocalError `usage` for an unknown id */
  clear(id?: number): void {
    if (id !== undefined && !this.#active.some((each) => each.id === id))
      throw new LocalError("usage", `there is no fault ${id}`);
    this.#active = id === undefined ? [] : this.#active.filter((each) => each.id !== id);
  }

  /** Counts a call and returns the fault to inject, or undefined if the call succeeds. */
  take(call: MatchedCall): FaultRule | undefined {
    let taken: FaultRule | undefined;
    this.#active = this.#active.map((each) => {
      if (!isAbout(each, call)) return each;
      const isDue = each.calls >= each.skip && (each.times === undefined || each.fired < each.times);
      const happens = isDue && taken === undefined;
      if (happens) taken = each;
      return { ...each, calls: each.calls + 1, fired: each.fired + (happens ? 1 : 0) };
    });
    return taken;
  }
}

function isAbout(rule: FaultRule, call: MatchedCall): boolean {
  const matches = (wanted: string, got: string) => wanted === "*" || wanted === got;
  return (
    matches(rule.service, call.service) &&
    matches(rule.operation, call.operation) &&
    (rule.from === "any" || rule.from === call.from)
  );
}
