import assert from "node:assert/strict";
import { type Permission, statements } from "../../../infra/permissions/statement.ts";

const read = (Resource: readonly string[], prefix?: string): Permission => ({
  Sid: "Read",
  Action: ["s3:GetObject"],
  Resource,
  ...(prefix === undefined ? {} : { Condition: { StringLike: { "s3:prefix": [prefix] } } }),
});

describe("statements", () => {
  it("merges permissions with the same Sid, with sorted resources and no duplicates", () => {
    assert.deepEqual(statements([read(["b", "a"]), read(["c", "a"])]), [
      { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["a", "b", "c"] },
    ]);
  });

  it("removes only resources that a wider one covers", () => {
    const [statement] = statements([read(["arn:b/p/*", "arn:b/p/x", "arn:b/px", "arn:b/p/y*", "*"])]);
    assert.deepEqual(statement?.Resource, ["*", "arn:b/p/*", "arn:b/px"]);
  });

  it("merges the values of conditions if the resources are the same", () => {
    const merged = statements([read(["a"], "q/*"), read(["a"], "p/*"), read(["a"], "p/*")]);
    assert.deepEqual(
      merged.map(({ Condition }) => Condition),
      [{ StringLike: { "s3:prefix": ["p/*", "q/*"] } }],
    );
  });

  it("keeps permissions separate if merging them would allow more", () => {
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
