import { codeSpan } from "../report/content/markdown-text.ts";
import { lackingIn, type PermissionAtom, permissionAtoms } from "./permission-atoms.ts";
import type { ResourceChange } from "./resource-change.ts";

/** The property with the policy document, by the type of the resource. */
const documents: Readonly<Record<string, string>> = {
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/role:Role": "assumeRolePolicy",
};

const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Verbs for the most common actions; the others keep AWS's name. */
const verbs: Readonly<Record<string, string>> = {
  "s3:GetObject": "read",
  "s3:PutObject": "write",
  "s3:DeleteObject": "delete",
  "s3:ListBucket": "list",
  "iam:PassRole": "pass",
  "kms:Decrypt": "decrypt with",
};

/** The most lines about one role. */
const mostLines = 30;

/** Returns the role's name in the program. The stack splits long policies into managed ones with a number at the end. */
function roleOf({ type, name }: ResourceChange): string {
  return type === "aws:iam/policy:Policy" || type === attachment ? name.replace(/-\d+$/, "") : name;
}

function verbOf({ action }: PermissionAtom): string | undefined {
  if (action === "*") return "do **everything** on";
  if (action.startsWith("not:")) return `do everything but ${codeSpan(action.slice(4))} on`;
  return Object.hasOwn(verbs, action) ? `**${verbs[action]}**` : undefined;
}

/** Says what permissions allow. All of them have a verb, or none has. */
function actionText(atoms: readonly PermissionAtom[]): string {
  const known = atoms.map(verbOf).filter((verb) => verb !== undefined);
  return known.length > 0 ? listed(known) : `call ${listed(atoms.map(({ action }) => codeSpan(action)))} on`;
}

function placeText(place: string): string {
  if (place === "*") return "**everything**";
  if (place.startsWith("not:")) return `everything but ${codeSpan(place.slice(4))}`;
  const [, path] = /^arn:aws[\w-]*:s3:::(.+)$/.exec(place) ?? [];
  return codeSpan(path === undefined ? place : `s3://${path}`);
}

function listed(words: readonly string[]): string {
  const all = [...words];
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}

/** The operators that need no name, because they compare with the values that follow. */
const comparing = /^(StringEquals|StringLike|ArnEquals|ArnLike|Bool|NumericEquals)$/;

/** Says in words when a condition holds: `key` is `value`. */
function conditionText(condition: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(Object(keys) as Readonly<Record<string, unknown>>).map(([key, value]) => {
      const values = [value].flat().map((one) => codeSpan(String(one)));
      return `${codeSpan(key)} ${comparing.test(operator) ? "is" : codeSpan(operator)} ${values.join(" or ")}`;
    }),
  );
  return parts.join(" and ");
}

/** Says what a role gains or loses in one line. All permissions have the same effect, condition and place. */
function line(role: string, atoms: readonly PermissionAtom[], gained: boolean): string {
  const [{ effect, action, on, condition } = atoms[0] as PermissionAtom] = atoms;
  const when = condition === undefined ? "" : `, if ${conditionText(condition)}`;
  const name = `The role ${codeSpan(role)}`;
  if (/^sts:AssumeRole/.test(action)) {
    const who = on === "*" ? "**everybody**" : codeSpan(on);
    return effect === "Allow"
      ? `${name} ${gained ? "may now" : "may no longer"} be assumed by ${who}${when}.`
      : `${name} ${gained ? "now refuses" : "no longer refuses"} to be assumed by ${who}${when}.`;
  }
  const does = `${actionText(atoms)} ${placeText(on)}${when}`;
  if (effect === "Allow") return `${name} ${gained ? "may now" : "may no longer"} ${does}.`;
  return `${name} ${gained ? "is now forbidden" : "is no longer forbidden"} to ${does}.`;
}

/** Groups permissions that differ only in their action, and that one sentence can name together. */
function grouped(atoms: readonly PermissionAtom[]): readonly (readonly PermissionAtom[])[] {
  const groups = new Map<string, PermissionAtom[]>();
  for (const atom of atoms) {
    const trust = /^sts:AssumeRole/.test(atom.action);
    const key = JSON.stringify([atom.effect, atom.on, atom.condition ?? null, trust, verbOf(atom) !== undefined]);
    groups.set(key, [...(groups.get(key) ?? []), atom]);
  }
  return [...groups.values()];
}

function attachmentLine(change: ResourceChange): string {
  const { policyArn } = { ...change.before, ...change.after } as { policyArn?: unknown };
  const gone = change.kind === "delete" || change.kind === "forget";
  const policy = typeof policyArn === "string" ? codeSpan(policyArn) : "a policy that is not known yet";
  return `The role ${codeSpan(roleOf(change))} ${gone ? "no longer has" : "has now"} the managed policy ${policy}.`;
}

/** Returns the permissions of a resource before or after the change; "unknown" if it has some that cannot be read. */
function atomsOf(inputs: ResourceChange["before"], property: string): readonly PermissionAtom[] | "unknown" {
  if (inputs === undefined) return [];
  return permissionAtoms(inputs[property]) ?? "unknown";
}

function roleLines(role: string, changes: readonly ResourceChange[]): readonly string[] {
  const [before, after]: [PermissionAtom[], PermissionAtom[]] = [[], []];
  for (const change of changes) {
    const property = documents[change.type] ?? "";
    const isGone = change.kind === "delete" || change.kind === "forget";
    const [old, now] = [atomsOf(change.before, property), isGone ? [] : atomsOf(change.after, property)];
    if (old === "unknown" || now === "unknown")
      return [`The permissions of the role ${codeSpan(role)} change in a way that is not known before the deployment.`];
    before.push(...old);
    after.push(...now);
  }
  const [gained, lost] = [lackingIn(before, after), lackingIn(after, before)];
  const lines = [
    ...grouped(gained).map((atoms) => line(role, atoms, true)),
    ...grouped(lost).map((atoms) => line(role, atoms, false)),
  ];
  const more = lines.length - mostLines;
  return more <= 0 ? lines : [...lines.slice(0, mostLines), `${more} more changes of the role ${codeSpan(role)}.`];
}

/** Says in words what the roles of the stack may do after the change, and no longer: one line of Markdown each. */
export function permissionChanges(changes: readonly ResourceChange[]): readonly string[] {
  const byRole = new Map<string, ResourceChange[]>();
  for (const change of changes.filter(({ type }) => Object.hasOwn(documents, type)))
    byRole.set(roleOf(change), [...(byRole.get(roleOf(change)) ?? []), change]);
  return [
    ...[...byRole].flatMap(([role, all]) => roleLines(role, all)),
    ...changes.filter(({ type }) => type === attachment).map(attachmentLine),
  ];
}
