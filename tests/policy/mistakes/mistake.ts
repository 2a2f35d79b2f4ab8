import type { Resource } from "../../../policy/rules/rule.ts";
import { resource } from "./example-stack.ts";

/** A change of a stack: of the first resource that fits, or one resource more. */
export interface Change {
  readonly of?: (resource: Resource) => boolean;
  /** What the resource becomes; nothing if it is left out. */
  readonly to: (resource: Resource) => Resource | undefined;
}

/** A stack with something wrong: the change that makes it, the one rule that refuses it, and what that says. */
export interface Mistake {
  readonly rule: string;
  readonly what: string;
  readonly change: Change;
  readonly says: RegExp;
}

/** The stack after a change; undefined where nothing in it fits. */
export function changed(stack: readonly Resource[], { of, to }: Change): readonly Resource[] | undefined {
  if (of === undefined) return [...stack, to(resource("none", {})) as Resource];
  const found = stack.find(of);
  if (found === undefined) return undefined;
  return stack.flatMap((each) => (each === found ? (to(each) ?? []) : each));
}

type Props = Record<string, unknown>;

export function ofType(type: string): (resource: Resource) => boolean {
  return (resource) => resource.type === type;
}

/** A resource with other properties. */
export function given(of: string | ((resource: Resource) => boolean), props: Props, protect?: boolean): Change {
  return {
    of: typeof of === "string" ? ofType(of) : of,
    to: (found) => ({ ...found, props: { ...found.props, ...props }, protect: protect ?? found.protect }),
  };
}

export function without(type: string): Change {
  return { of: ofType(type), to: () => undefined };
}

export function added(type: string, props: Props, protect?: boolean): Change {
  return { to: () => resource(type, props, protect) };
}

/** A resource whose policy has other statements. */
export function statements(
  of: (resource: Resource) => boolean,
  property: string,
  change: (statements: readonly Props[]) => readonly Props[],
): Change {
  return {
    of,
    to: (found) => {
      const document = JSON.parse(String(found.props[property]));
      const policy = JSON.stringify({ ...document, Statement: change(document.Statement) });
      return { ...found, props: { ...found.props, [property]: policy } };
    },
  };
}
