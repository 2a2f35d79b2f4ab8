import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Pipeline, renderDefinition } from "#language";
import { repository } from "../../../scripts/local-stack/folders.ts";
import type { Json } from "../../../service-model/definition.ts";
import { parseJson } from "../../../service-model/exact-json.ts";

/** The folder with definitions that the SageMaker Python SDK printed. It may exist beside the repository. */
const folder = join(repository, "..", "shared", "definitions");

/** Returns the path of the definition `name`. */
export function definitionFile(name: string): string {
  return join(folder, `${name}.json`);
}

/** The values that all of these definitions share. The texts beside them describe each definition. */
export const role = "arn:aws:iam::123456789012:role/SageMakerRole";
export const bucket = "sagemaker-us-east-1-123456789012";
export const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/custom:1";
export const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:my-fn";

/**
 * Removes the hashes from S3 URIs of code, because the SDK includes local paths in the hash and this language does not.
 * Apart from this, only the notation of numbers is normalised, by parsing.
 */
function withoutCodeHash(value: Json): Json {
  if (typeof value === "string") return value.replace(/\/code\/[0-9a-f]{64}\//, "/code/<sha256>/");
  if (Array.isArray(value)) return value.map(withoutCodeHash);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCodeHash(item)]));
}

/** Declares a test that `build()` renders to exactly the definition in the file `name`. */
export function itRebuilds(name: string, build: () => Pipeline): void {
  it(`rebuilds ${name}`, function () {
    const file = definitionFile(name);
    if (!existsSync(file)) {
      console.log("      skipped: the definitions of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const expected = withoutCodeHash(parseJson(readFileSync(file, "utf8")));
    const rendered = withoutCodeHash(renderDefinition(build()) as unknown as Json);
    assert.deepEqual(rendered, expected);
  });
}
