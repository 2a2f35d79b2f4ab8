import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The most characters of a new pipeline's name. A model package group has the name `<pipeline>-training-<stack>` with at most 63
 * characters, and this leaves 13 for the stack.
 */
const mostCharacters = 40;

/** Returns the entry of a folder whose name differs at most in its case, as SageMaker treats such names as equal. */
function taken(folder: string, name: string): string | undefined {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  return entries.find((entry) => entry.toLowerCase() === name.toLowerCase());
}

/**
 * Returns why a new pipeline cannot have a name, as one sentence with a fix, or undefined. The name becomes a folder, an S3
 * prefix, and the beginning of the names in SageMaker.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html
 */
export function newNameProblem(name: string, repository: string): string | undefined {
  if (!/^[a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*$/.test(name))
    return `${JSON.stringify(name)} is not a pipeline name; use letters and digits, with - between them`;
  if (name.length > mostCharacters) return `${name} has ${name.length} characters; use at most ${mostCharacters}`;
  for (const folder of ["pipelines", join("tests", "pipelines")]) {
    const other = taken(join(repository, folder), name);
    if (other !== undefined) return `${folder}/${other} exists; choose another name, or delete that folder first`;
  }
  return undefined;
}
