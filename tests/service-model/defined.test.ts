import assert from "node:assert/strict";
import { defined } from "../../service-model/defined.ts";

describe("defined", () => {
  it("drops undefined members, and keeps every other value in its place", () => {
    const members = defined({ a: undefined, b: null, c: 0, d: "", e: false, f: { g: undefined } });
    assert.deepEqual(members, { b: null, c: 0, d: "", e: false, f: { g: undefined } });
    assert.deepEqual(Object.keys(members), ["b", "c", "d", "e", "f"]);
  });

  it("has a type whose members may be absent, never undefined", () => {
    const text = (given: string | undefined): { readonly a?: string; readonly b: number } =>
      defined({ a: given, b: 1 });
    assert.deepEqual(text(undefined), { b: 1 });
    assert.deepEqual(text("x"), { a: "x", b: 1 });
  });
});
