import assert from "node:assert/strict";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { validateRequest } from "../../../local/wire/validate-request.ts";
import { constraintViolations } from "../../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../../service-model/service-model.ts";

/** A small service, in the form in which AWS describes its own. */
const model: ServiceModel = {
  operations: { CreateThing: { input: { shape: "CreateThingRequest" } }, ListThings: {} },
  shapes: {
    CreateThingRequest: {
      type: "structure",
      required: ["Name"],
      members: {
        Name: { shape: "Name" },
        Mode: { shape: "Mode" },
        Count: { shape: "Count" },
        Rate: { shape: "Rate" },
        Tags: { shape: "Tags" },
        Environment: { shape: "Environment" },
        When: { shape: "When" },
        On: { shape: "On" },
      },
    },
    Name: { type: "string", min: 2, max: 5, pattern: "[a-z](-*[a-z])*" },
    Mode: { type: "string", enum: ["File", "Pipe"] },
    Count: { type: "integer", min: 1, max: 9 },
    Rate: { type: "double" },
    When: { type: "timestamp" },
    On: { type: "boolean" },
    Tags: { type: "list", max: 2, member: { shape: "Tag" } },
    Tag: { type: "structure", required: ["Key"], members: { Key: { shape: "Name" } } },
    Environment: { type: "map", key: { shape: "Name" }, value: { shape: "Mode" }, max: 1 },
  },
};

function refusal(input: unknown): string | undefined {
  try {
    validateRequest(model, "CreateThing", input);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AwsError);
    return `${error.type}: ${error.message}`;
  }
}

describe("a request and its service's model", () => {
  const accepted: readonly [string, object][] = [
    ["what is required", { Name: "a-b" }],
    ["everything", { Name: "ab", Mode: "File", Count: 9, Rate: 1.5, When: 1.25, On: false, Tags: [{ Key: "ab" }] }],
    ["null for nothing", { Name: "ab", Mode: null, Tags: null }],
    ["members that it does not have", { Name: "ab", Other: { deep: [1] }, __proto__: { Mode: "x" } }],
    ["an empty list and an empty map", { Name: "ab", Tags: [], Environment: {} }],
  ];
  for (const [title, input] of accepted) it(`agree on ${title}`, () => assert.equal(refusal(input), undefined));

  const refused: readonly [string, unknown, string][] = [
    [
      "nothing where something is required",
      {},
      "Value at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a text that is too short",
      { Name: "a" },
      "Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a text that is too long",
      { Name: "abcdef" },
      "Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5",
    ],
    [
      "a text of another form",
      { Name: "aB" },
      "Value 'aB' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z](-*[a-z])*",
    ],
    [
      "a value that is not in the list",
      { Name: "ab", Mode: "file" },
      "Value 'file' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [File, Pipe]",
    ],
    [
      "a number out of bounds",
      { Name: "ab", Count: 0 },
      "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "something in a list",
      { Name: "ab", Tags: [{ Key: "ab" }, {}] },
      "Value at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
    ],
    [
      "something in a map",
      { Name: "ab", Environment: { ab: "x" } },
      "Value 'x' at 'environment.ab.member' failed to satisfy constraint: Member must satisfy enum value set: [File, Pipe]",
    ],
    [
      "a map of too many",
      { Name: "ab", Environment: { ab: "File", cd: "File" } },
      `Value '{"ab":"File","cd":"File"}' at 'environment' failed to satisfy constraint: Member must have length less than or equal to 1`,
    ],
  ];
  for (const [title, input, sentence] of refused)
    it(`refuse ${title}, as AWS says it`, () =>
      assert.equal(refusal(input), `ValidationException: 1 validation error detected: ${sentence}`));

  it("refuse everything that is wrong together", () => {
    assert.match(
      refusal({ Mode: "x", Count: 10 }) ?? "",
      /^ValidationException: 3 validation errors detected: Value at 'name' .*; Value 'x' at 'mode' .*; Value '10' at 'count' /,
    );
  });

  const types: readonly [string, unknown][] = [
    ["a number for a text", { Name: 5 }],
    ["a list for a text", { Name: ["ab"] }],
    ["a text for a list", { Name: "ab", Tags: "x" }],
    ["null in a list of structures is passed over, but a text is not", { Name: "ab", Tags: [null, "x"] }],
    ["a text for a structure", "x"],
    ["a fraction for a whole number", { Name: "ab", Count: 1.5 }],
    ["a text for a moment", { Name: "ab", When: "2026-01-01" }],
    ["a text for a truth", { Name: "ab", On: "true" }],
  ];
  for (const [title, input] of types)
    it(`cannot be compared with ${title}`, () =>
      assert.match(refusal(input) ?? "", /^SerializationException: .* is no /));

  it("take no time that doubles with each character", () => {
    const slow: ServiceModel = {
      operations: {},
      shapes: { Text: { type: "string", pattern: ".*(?:[ \\r\\n\\t].*)*" } },
    };
    assert.deepEqual(constraintViolations(slow, "Text", `${" ".repeat(100_000)}\u2028`), []);
  });

  it("say nothing of an operation without a request", () => {
    assert.doesNotThrow(() => validateRequest(model, "ListThings", { any: 1 }));
    assert.doesNotThrow(() => validateRequest(model, "Unknown", {}));
  });
});
