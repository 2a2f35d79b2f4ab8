/** One link of the chain from a registered model back to a commit. */
export interface Link {
  readonly name: string;
  /** `open` means that the link could not be checked from here. */
  readonly state: "holds" | "broken" | "open";
  /** The result, as a sentence without its full stop. */
  readonly text: string;
}

/** Creates a link that holds if `isSo` is true. */
export function link(name: string, isSo: boolean, ifSo: string, ifNot: string): Link {
  return isSo ? { name, state: "holds", text: ifSo } : { name, state: "broken", text: ifNot };
}

/** Tells whether no link of a chain is broken. */
export function chainHolds(links: readonly Link[]): boolean {
  return links.every(({ state }) => state !== "broken");
}

/** Formats a chain for a terminal: a line for each link, and a summary line. */
export function chainText(links: readonly Link[]): string {
  const lines = links.map(({ name, state, text }) => `${state.padEnd(7)} ${name.padEnd(11)} ${text}`);
  const open = links.filter(({ state }) => state === "open").map(({ name }) => name);
  const all = chainHolds(links)
    ? `The chain holds${open.length === 0 ? "" : `, as far as it could be checked (not checked: ${open.join(", ")})`}.`
    : "The chain does not hold.";
  return [...lines, all].join("\n");
}
