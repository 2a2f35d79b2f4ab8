import assert from "node:assert/strict";
import { defined } from "../../service-model/defined.ts";

describe("defined", () => {
  it("removes undefined members and keeps all other values", () => {
    const members = defined({ a: undefined, b: null, c: 0, d: "", e: false, f: { g: undefined } });
    assert.deepEqual(members, { b: null, c: 0, d: "", e: false, f: { g: undefined } });
    assert.deepEqual(Object.keys(members), ["b", "c", "d", "e", "f"]);
  });

  it("returns a type whose members may be absent but not undefined", () => {
    const text = (given: string | undefined): { readonly a?: string; readonly b: number } =>
      defined({ a: given, b: 1 });
    assert.deepEqual(text(undefined), { b: 1 });
    assert.deepEqual(text("x"), { a: "x", b: 1 });
  });
});
