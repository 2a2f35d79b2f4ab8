import { LocalError } from "../wire/local-error.ts";
import type { FaultRule, FaultRuleInput } from "./fault-rule.ts";
import { checkedFaults } from "./parse-faults.ts";

/** A rule that is in force, and what it did so far. */
export type StandingFault = FaultRule & {
  readonly id: number;
  /** Calls that it is about, the skipped ones included. */
  readonly calls: number;
  readonly fired: number;
};

/** A call that a fault may happen to. */
export interface FaultyCall {
  readonly service: string;
  readonly operation: string;
  readonly from: "client" | "job";
}

/**
 * The faults that are in force, in the order in which they were added. Each counts the calls that it is about; of those
 * that are due, the first one happens. Nothing depends on time or chance.
 */
export class Faults {
  #standing: StandingFault[] = [];
  #next = 1;

  /** @throws LocalError `usage` for rules that are wrong: then none is added */
  constructor(rules: readonly FaultRuleInput[] = []) {
    this.add(rules);
  }

  /** @throws LocalError `usage` for rules that are wrong: then none is added */
  add(rules: readonly FaultRuleInput[]): readonly StandingFault[] {
    const added = checkedFaults(rules, "the faults").map((rule) => ({ ...rule, id: this.#next++, calls: 0, fired: 0 }));
    this.#standing.push(...added);
    return added;
  }

  list(): readonly StandingFault[] {
    return this.#standing;
  }

  /** Removes one, or all. @throws LocalError `usage` for an id that is none */
  clear(id?: number): void {
    if (id !== undefined && !this.#standing.some((each) => each.id === id))
      throw new LocalError("usage", `there is no fault ${id}`);
    this.#standing = id === undefined ? [] : this.#standing.filter((each) => each.id !== id);
  }

  /** The fault that happens to a call, which is counted. */
  take(call: FaultyCall): FaultRule | undefined {
    let taken: FaultRule | undefined;
    this.#standing = this.#standing.map((each) => {
      if (!isAbout(each, call)) return each;
      const isDue = each.calls >= each.skip && (each.times === undefined || each.fired < each.times);
      const happens = isDue && taken === undefined;
      if (happens) taken = each;
      return { ...each, calls: each.calls + 1, fired: each.fired + (happens ? 1 : 0) };
    });
    return taken;
  }
}

function isAbout(rule: FaultRule, call: FaultyCall): boolean {
  const matches = (wanted: string, got: string) => wanted === "*" || wanted === got;
  return (
    matches(rule.service, call.service) &&
    matches(rule.operation, call.operation) &&
    (rule.from === "any" || rule.from === call.from)
  );
}
