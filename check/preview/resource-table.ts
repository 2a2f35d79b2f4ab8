import { codeSpan, collapsed, table } from "../report/content/markdown-text.ts";
import { type ResourceChange, type ResourceChangeKind, resourceChangeKinds } from "./resource-change.ts";

/** The most rows of the table. */
const shownRows = 150;
/** The most rows and lines that the comment shows without a click. */
export const openRows = 12;

/** The number of properties that a row names. */
const shownProperties = 5;

const inWords: { readonly [Kind in ResourceChangeKind]: string } = {
  delete: "to delete",
  replace: "to replace",
  unknown: "with an operation that this version does not know",
  forget: "to leave in AWS, no longer managed",
  update: "to update",
  import: "to import",
  create: "to create",
};

/** Tells whether `pulumi up` would delete the existing resource. */
export function isLost({ kind }: ResourceChange): boolean {
  return kind === "delete" || kind === "replace";
}

/** Says how many resources would change, by the kind of the change. */
export function changesInWords(changes: readonly ResourceChange[]): string {
  const counts = resourceChangeKinds.map(
    (kind) => [kind, changes.filter((change) => change.kind === kind).length] as const,
  );
  const words = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${inWords[kind]}`);
  return words.length === 0 ? "No resource would change." : `${words.join(", ")}.`;
}

/** The most lost resources that the warning names. */
const shownLost = 10;

/** Returns the warning about resources that would be lost, if there are any. */
export function caution(changes: readonly ResourceChange[]): readonly string[] {
  const lost = changes.filter(isLost);
  const kept = lost.filter(({ isProtected }) => isProtected).length;
  if (lost.length === 0) return [];
  const names = lost.slice(0, shownLost).map(({ kind, type, name }) => `${kind} ${codeSpan(`${type} ${name}`)}`);
  const more = lost.length > names.length ? `, and ${lost.length - names.length} more` : "";
  const resources = lost.length === 1 ? "1 resource" : `${lost.length} resources`;
  const refused = kept === 0 ? "" : `, **${kept} protected**: \`pulumi up\` fails until their protection is removed`;
  return [`> [!CAUTION]\n> ${resources} would be deleted or replaced${refused}. They are: ${names.join(", ")}${more}.`];
}

function properties({ properties: paths }: ResourceChange): string {
  const more = paths.length - shownProperties;
  return [...paths.slice(0, shownProperties).map(codeSpan), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function row(change: ResourceChange): readonly string[] {
  const { kind, op, type, name, isProtected } = change;
  const word = kind === "unknown" ? codeSpan(op) : isLost(change) ? `**${kind}**` : kind;
  return [
    isLost(change) && isProtected ? `${word} (protected)` : word,
    codeSpan(type),
    codeSpan(name),
    properties(change),
  ];
}

function rowsAndRest(changes: readonly ResourceChange[]): readonly string[] {
  if (changes.length === 0) return [];
  const more = changes.length - shownRows;
  return [
    table(["Change", "Type", "Name", "Properties"], changes.slice(0, shownRows).map(row)),
    ...(more > 0 ? [`${more} more resources are not shown; lost resources come first.`] : []),
  ];
}

/** Returns the table of the resources. Folds a table that would push the rest of the comment away. */
export function resourceTable(changes: readonly ResourceChange[]): readonly string[] {
  const parts = rowsAndRest(changes);
  if (changes.length <= openRows) return parts;
  return [collapsed(`The ${changes.length} resources`, parts.join("\n\n"))];
}
