import assert from "node:assert/strict";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { validateRequest } from "../../../local/wire/validate-request.ts";
import { constraintViolations } from "../../../service-model/constraint-violations.ts";
import type { ServiceModel } from "../../../service-model/service-model.ts";

/** The model of a small service, in AWS's format. */
const model: ServiceModel = {
  operations: { CreateThing: { request: "CreateThingRequest" }, ListThings: {} },
  shapes: {
    CreateThingRequest: {
      type: "structure",
      required: ["Name"],
      members: {
        Name: "Name",
        Mode: "Mode",
        Count: "Count",
        Rate: "Rate",
        Tags: "Tags",
        Environment: "Environment",
        When: "When",
        On: "On",
      },
    },
    Name: { type: "string", min: 2, max: 5, pattern: "[a-z](-*[a-z])*" },
    Mode: { type: "string", enum: ["File", "Pipe"] },
    Count: { type: "integer", min: 1, max: 9 },
    Rate: { type: "double" },
    When: { type: "timestamp" },
    On: { type: "boolean" },
    Tags: { type: "list", max: 2, member: "Tag" },
    Tag: { type: "structure", required: ["Key"], members: { Key: "Name" } },
    Environment: { type: "map", key: "Name", value: "Mode", max: 1 },
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

describe("validateRequest", () => {
  const accepted: readonly [string, object][] = [
    ["a request with only the required members", { Name: "a-b" }],
    [
      "a request with every member",
      { Name: "ab", Mode: "File", Count: 9, Rate: 1.5, When: 1.25, On: false, Tags: [{ Key: "ab" }] },
    ],
    ["null for an absent member", { Name: "ab", Mode: null, Tags: null }],
    ["unknown members", { Name: "ab", Other: { deep: [1] }, __proto__: { Mode: "x" } }],
    ["an empty list and an empty map", { Name: "ab", Tags: [], Environment: {} }],
  ];
  for (const [title, input] of accepted) it(`accepts ${title}`, () => assert.equal(refusal(input), undefined));

  const refused: readonly [string, unknown, string][] = [
    ["a missing required member", {}, "Value at 'name' failed to satisfy constraint: Member must not be null"],
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
      "a text that does not match the pattern",
      { Name: "aB" },
      "Value 'aB' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z](-*[a-z])*",
    ],
    [
      "a value that is not in the enumeration",
      { Name: "ab", Mode: "file" },
      "Value 'file' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [File, Pipe]",
    ],
    [
      "a number out of bounds",
      { Name: "ab", Count: 0 },
      "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a missing member in an element of a list",
      { Name: "ab", Tags: [{ Key: "ab" }, {}] },
      "Value at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an invalid value in a map",
      { Name: "ab", Environment: { ab: "x" } },
      "Value 'x' at 'environment.ab.member' failed to satisfy constraint: Member must satisfy enum value set: [File, Pipe]",
    ],
    [
      "a map with too many entries",
      { Name: "ab", Environment: { ab: "File", cd: "File" } },
      `Value '{"ab":"File","cd":"File"}' at 'environment' failed to satisfy constraint: Member must have length less than or equal to 1`,
    ],
  ];
  for (const [title, input, sentence] of refused)
    it(`rejects with AWS's text: ${title}`, () =>
      assert.equal(refusal(input), `ValidationException: 1 validation error detected: ${sentence}`));

  it("reports all violations of a request together", () => {
    assert.match(
      refusal({ Mode: "x", Count: 10 }) ?? "",
      /^ValidationException: 3 validation errors detected: Value at 'name' .*; Value 'x' at 'mode' .*; Value '10' at 'count' /,
    );
  });

  const types: readonly [string, unknown][] = [
    ["a number for a text", { Name: 5 }],
    ["a list for a text", { Name: ["ab"] }],
    ["a text for a list", { Name: "ab", Tags: "x" }],
    ["a text in a list of structures", { Name: "ab", Tags: [null, "x"] }],
    ["a text for a structure", "x"],
    ["a fraction for an integer", { Name: "ab", Count: 1.5 }],
    ["a text for a timestamp", { Name: "ab", When: "2026-01-01" }],
    ["a text for a boolean", { Name: "ab", On: "true" }],
  ];
  for (const [title, input] of types)
    it(`answers SerializationException for ${title}`, () =>
      assert.match(refusal(input) ?? "", /^SerializationException: .* is not of type /));

  it("checks a long value quickly, even against a pattern that can backtrack exponentially", () => {
    const slow: ServiceModel = {
      operations: {},
      shapes: { Text: { type: "string", pattern: ".*(?:[ \\r\\n\\t].*)*" } },
    };
    assert.deepEqual(constraintViolations(slow, "Text", `${" ".repeat(100_000)}\u2028`), []);
  });

  it("accepts any input of an operation without an input shape", () => {
    assert.doesNotThrow(() => validateRequest(model, "ListThings", { any: 1 }));
    assert.doesNotThrow(() => validateRequest(model, "Unknown", {}));
  });
});
