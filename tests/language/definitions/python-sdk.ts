import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Pipeline, renderDefinition } from "#language";
import { repository } from "../../../scripts/local-stack/folders.ts";
import type { Json } from "../../../service-model/definition.ts";
import { parseJson } from "../../../service-model/exact-json.ts";

/** What the SageMaker Python SDK emits, beside the repository where there is such a folder. */
const folder = join(repository, "..", "shared", "definitions");

/** The file of one of them. */
export function definitionFile(name: string): string {
  return join(folder, `${name}.json`);
}

/** What all the definitions have in common: see their descriptions in words. */
export const role = "arn:aws:iam::123456789012:role/SageMakerRole";
export const bucket = "sagemaker-us-east-1-123456789012";
export const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/custom:1";
export const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:my-fn";

/**
 * The code's address without its hash: the SDK hashes paths with the content, this language the content. Nothing else
 * is normalised but the spelling of numbers, which parsing does.
 */
function withoutCodeHash(value: Json): Json {
  if (typeof value === "string") return value.replace(/\/code\/[0-9a-f]{64}\//, "/code/<sha256>/");
  if (Array.isArray(value)) return value.map(withoutCodeHash);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCodeHash(item)]));
}

/** A test that `build()` renders to the definition in the file `name`, key for key and list for list. */
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
