import type { Resource } from "../../../policy/rules/rule.ts";
import { resource } from "./example-stack.ts";

/** A change of a stack: it changes the first resource that matches `of`, or adds one if `of` is missing. */
export interface StackChange {
  readonly of?: (resource: Resource) => boolean;
  /** Returns the changed or added resource; undefined to remove it. */
  readonly to: (resource: Resource) => Resource | undefined;
}

/** A mistake: the change that plants it, and the only rule that rejects it, with a pattern of its message. */
export interface Mistake {
  readonly rule: string;
  readonly what: string;
  readonly change: StackChange;
  readonly says: RegExp;
}

/** Returns the stack after a change; undefined if no resource matches. */
export function changed(stack: readonly Resource[], { of, to }: StackChange): readonly Resource[] | undefined {
  if (of === undefined) return [...stack, to(resource("none", {})) as Resource];
  const target = stack.find(of);
  if (target === undefined) return undefined;
  return stack.flatMap((each) => (each === target ? (to(each) ?? []) : each));
}

type Props = Record<string, unknown>;

export function ofType(type: string): (resource: Resource) => boolean {
  return (resource) => resource.type === type;
}

/** Changes properties of a resource. */
export function given(of: string | ((resource: Resource) => boolean), props: Props, protect?: boolean): StackChange {
  return {
    of: typeof of === "string" ? ofType(of) : of,
    to: (before) => ({ ...before, props: { ...before.props, ...props }, protect: protect ?? before.protect }),
  };
}

export function without(type: string): StackChange {
  return { of: ofType(type), to: () => undefined };
}

export function added(type: string, props: Props, protect?: boolean): StackChange {
  return { to: () => resource(type, props, protect) };
}

/** Changes the statements of a resource's policy. */
export function statements(
  of: (resource: Resource) => boolean,
  property: string,
  change: (statements: readonly Props[]) => readonly Props[],
): StackChange {
  return {
    of,
    to: (before) => {
      const document = JSON.parse(String(before.props[property]));
      const policy = JSON.stringify({ ...document, Statement: change(document.Statement) });
      return { ...before, props: { ...before.props, [property]: policy } };
    },
  };
}
