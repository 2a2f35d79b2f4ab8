/** Splits a URN: `urn:pulumi:<stack>::<project>::<types of the parents, and its own>::<name>`. */
export function partsOf(urn: string): { readonly stack: string; readonly type: string; readonly name: string } {
  const [stack = "", , types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, type: types.split("$").at(-1) ?? types, name: name.join("::") };
}
