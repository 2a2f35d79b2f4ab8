/** One link of the chain from a registered model back to a commit. */
export interface Link {
  readonly name: string;
  /** `open`: it could not be looked at from here, which is neither. */
  readonly state: "holds" | "broken" | "open";
  /** What was found, in a sentence without its full stop. */
  readonly text: string;
}

/** A link that holds where something is so. */
export function link(name: string, isSo: boolean, ifSo: string, ifNot: string): Link {
  return isSo ? { name, state: "holds", text: ifSo } : { name, state: "broken", text: ifNot };
}

/** Whether a chain holds, as far as it could be looked at. */
export function chainHolds(links: readonly Link[]): boolean {
  return links.every(({ state }) => state !== "broken");
}

/** The chain for a terminal: a line for each link, and one for all of it. */
export function chainText(links: readonly Link[]): string {
  const lines = links.map(({ name, state, text }) => `${state.padEnd(7)} ${name.padEnd(11)} ${text}`);
  const open = links.filter(({ state }) => state === "open").map(({ name }) => name);
  const all = chainHolds(links)
    ? `The chain holds${open.length === 0 ? "" : `, as far as it could be looked at (not: ${open.join(", ")})`}.`
    : "The chain does not hold.";
  return [...lines, all].join("\n");
}
