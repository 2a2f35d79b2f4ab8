import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import * as sdk from "@aws-sdk/client-sagemaker";
import { generateModel, modelText } from "../../scripts/service-model/generate-model.ts";
import { generatedModel } from "../../service-model/service-model.ts";
import { requestOf, stepTypes } from "../../service-model/step-types.ts";
import { pythons } from "../local/pythons.ts";

/** A structure of the SDK's schemas: its members' names and schemas are the fifth and the sixth part. */
type SdkSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  of: readonly unknown[],
];

function sdkSchema(name: string): SdkSchema | undefined {
  const schema = (sdk as unknown as Readonly<Record<string, unknown>>)[`${name}$`];
  return Array.isArray(schema) && schema[0] === 3 ? (schema as unknown as SdkSchema) : undefined;
}

/** Members that the SDK's structure has and the model lacks, those of the structures inside of it too. */
function missingMembers(name: string, seen = new Set<string>()): readonly string[] {
  const schema = sdkSchema(name);
  if (schema === undefined || seen.has(name)) return [];
  seen.add(name);
  const shape = generatedModel().shapes[name];
  const members = shape?.members ?? {};
  const missing = schema[4].filter((member) => !Object.hasOwn(members, member)).map((member) => `${name}.${member}`);
  return [...missing, ...Object.values(members).flatMap((of) => missingMembers(of, seen))];
}

describe("the committed service model", function () {
  this.timeout(180_000);

  it("equals the model that `npm run generate-service-model` writes with the installed botocore", async () => {
    const environment = dirname(dirname((await pythons()).moto));
    const committed = readFileSync(new URL("../../service-model/service-model.json", import.meta.url), "utf8");
    assert.equal(modelText(await generateModel(environment, generatedModel(), "another day")), committed);
  });

  it("has every member that the SDK has in the requests of steps", () => {
    const requests = Object.keys(stepTypes).flatMap((type) => requestOf(type) ?? []);
    const names = requests.map((operation) => generatedModel().operations[operation]?.request ?? operation);
    assert.ok(names.length > 8 && names.every((name) => sdkSchema(name) !== undefined), names.join(", "));
    assert.deepEqual(
      names.flatMap((name) => missingMembers(name)),
      [],
    );
  });

  it("has less than 200,000 characters", () => {
    assert.ok(JSON.stringify(generatedModel()).length < 200_000);
  });
});
