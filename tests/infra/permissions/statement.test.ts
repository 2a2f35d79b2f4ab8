import assert from "node:assert/strict";
import { type Permission, statements } from "../../../infra/permissions/statement.ts";

const read = (Resource: readonly string[], prefix?: string): Permission => ({
  Sid: "Read",
  Action: ["s3:GetObject"],
  Resource,
  ...(prefix === undefined ? {} : { Condition: { StringLike: { "s3:prefix": [prefix] } } }),
});

describe("permissions as statements", () => {
  it("are one statement for one name, with every resource once, in order", () => {
    assert.deepEqual(statements([read(["b", "a"]), read(["c", "a"])]), [
      { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["a", "b", "c"] },
    ]);
  });

  it("leave out a resource that a wider one contains, and no other", () => {
    const [statement] = statements([read(["arn:b/p/*", "arn:b/p/x", "arn:b/px", "arn:b/p/y*", "*"])]);
    assert.deepEqual(statement?.Resource, ["*", "arn:b/p/*", "arn:b/px"]);
  });

  it("have the values of conditions together where the resources are the same", () => {
    const merged = statements([read(["a"], "q/*"), read(["a"], "p/*"), read(["a"], "p/*")]);
    assert.deepEqual(
      merged.map(({ Condition }) => Condition),
      [{ StringLike: { "s3:prefix": ["p/*", "q/*"] } }],
    );
  });

  it("stay apart where together they would allow more", () => {
    const apart = statements([read(["a"], "p/*"), read(["b"], "q/*"), read(["c"])]);
    assert.deepEqual(
      apart.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition?.["StringLike"]?.["s3:prefix"]]),
      [
        ["Read", ["a"], "p/*"],
        ["Read2", ["b"], "q/*"],
        ["Read3", ["c"], undefined],
      ],
    );
  });
});
