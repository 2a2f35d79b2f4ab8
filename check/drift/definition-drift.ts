import { definitionBody, textAsset } from "#language";
import { definitionDifference } from "../../language/difference/definition-difference.ts";
import { differenceText } from "../../language/difference/difference-text.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import type { ResourceChange } from "../preview/resource-change.ts";
import { shownDefinition } from "../preview/shown-definition.ts";

/** How the definition in the account differs from the one in the code. */
export type DefinitionDrift = { readonly same: true } | { readonly same: false; readonly text: string };

interface Location {
  readonly bucket?: unknown;
  readonly key?: unknown;
}

function locationOf(inputs: Readonly<Record<string, unknown>>): Location | undefined {
  return (Object(inputs["pipelineDefinition"]) as { pipelineDefinitionS3Location?: Location })
    .pipelineDefinitionS3Location;
}

/**
 * Tells whether a definition is the one in an S3 object, whose key has the hash of its content. AWS returns the text of a
 * definition that was given as an S3 object.
 */
function isStoredAs(name: string, text: string, { bucket, key }: Location): boolean {
  const [, prefix, sha256] = /^(.*)\/code\/([0-9a-f]{64})\//.exec(String(key)) ?? [];
  if (prefix === undefined) return false;
  const body = definitionBody(readDefinition(text, { name }));
  return textAsset("pipeline-definition.json", body, { bucket: String(bucket), prefix }).sha256 === sha256;
}

/**
 * Compares the definitions of a changed pipeline by their meaning, because AWS may return a definition in another format than
 * it got. A definition that cannot be read counts as different.
 */
export function definitionDrift(change: ResourceChange): DefinitionDrift {
  const { name, before = {}, after = {} } = change;
  const [account, code] = [shownDefinition(before), shownDefinition(after)];
  const location = locationOf(after);
  try {
    if (account.text !== undefined && location !== undefined)
      return isStoredAs(name, account.text, location)
        ? { same: true }
        : { same: false, text: "The code's definition is on S3, and the text in the account has another hash." };
    const missing = account.missing ?? code.missing;
    if (missing !== undefined) return { same: false, text: `The definition ${missing}.` };
    const difference = definitionDifference(
      readDefinition(account.text ?? "", { name }),
      readDefinition(code.text ?? "", { name }),
    );
    const { pipeline, parameters, steps } = difference;
    return pipeline.length + parameters.length + steps.length === 0
      ? { same: true }
      : { same: false, text: differenceText({ ...difference, nextExecution: [] }).trimEnd() };
  } catch (error) {
    return { same: false, text: `The definition cannot be compared: ${(error as Error).message}` };
  }
}
