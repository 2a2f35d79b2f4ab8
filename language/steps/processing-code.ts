import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type CodeAsset, codeAsset, fileGroup, type S3Location, textAsset } from "../code/code-asset.ts";
import { type PythonPackage, packageArchive } from "../code/python-package.ts";
import { programFolder, type SourceFolder } from "../code/source-folder.ts";
import { s3Input } from "./job-context.ts";

/** The code of a processing job: one script, or a folder with an entry point. */
export type ProcessingCode = {
  /** The command that runs the script. Default: `["python3"]`. */
  readonly command?: readonly [string, ...string[]];
  /** The local Python packages that the script imports, such as `[modelEvaluation]`. */
  readonly packages?: readonly PythonPackage[];
} & (
  | {
      /** The URL of a local script, such as `new URL("preprocess.py", import.meta.url)`, or of a script on S3. */
      readonly script: URL;
      /** Local files that the script finds in its own folder, such as modules that it imports. */
      readonly files?: readonly URL[];
      readonly source?: never;
    }
  | { readonly source: SourceFolder; readonly script?: never; readonly files?: never }
);

/** The entry point, inputs and files that a processing job needs for its code. */
interface ProcessingProgram {
  readonly entrypoint: readonly string[];
  readonly inputs: readonly ReturnType<typeof s3Input>[];
  readonly assets: readonly CodeAsset[];
  /** The variable by which Python finds the packages. */
  readonly environment?: { readonly PYTHONPATH: string };
}

const folder = "/opt/ml/processing/input";

/** Returns how the container starts the code, and the files that a deploy uploads for it. */
export function processingCode(code: ProcessingCode, location: S3Location): ProcessingProgram {
  const program = programOf(code, location);
  const packages = (code.packages ?? []).map((each) => ({ ...each, archive: packageArchive(each, location) }));
  if (packages.length === 0) return program;
  return {
    entrypoint: program.entrypoint,
    inputs: [
      ...program.inputs,
      ...packages.map(({ name, archive }) => s3Input(name, archive.s3Uri, `${folder}/${name}`)),
    ],
    assets: [...program.assets, ...packages.map(({ archive }) => archive)],
    environment: { PYTHONPATH: packages.map(({ name }) => `${folder}/${name}/${name}.zip`).join(":") },
  };
}

function programOf(
  { script, files = [], source, command = ["python3"] }: ProcessingCode,
  location: S3Location,
): ProcessingProgram {
  if (source !== undefined) return folderProgram(source, command, location);
  if (files.length > 0) {
    const { s3Uri, assets } = fileGroup([script, ...files], location);
    return {
      entrypoint: [...command, `${folder}/code/${basename(fileURLToPath(script))}`],
      inputs: [s3Input("code", s3Uri, `${folder}/code`)],
      assets,
    };
  }
  if (script.protocol === "s3:")
    return {
      entrypoint: [...command, `${folder}/code/${basename(script.pathname)}`],
      inputs: [s3Input("code", script.href, `${folder}/code`)],
      assets: [],
    };
  const asset = codeAsset(script, location);
  return {
    entrypoint: [...command, `${folder}/code/${basename(asset.localPath)}`],
    inputs: [s3Input("code", asset.s3Uri, `${folder}/code`)],
    assets: [asset],
  };
}

function folderProgram(source: SourceFolder, command: readonly string[], location: S3Location): ProcessingProgram {
  const archive = programFolder(source, location);
  const start = textAsset("runproc.sh", startScript(command, source.entryPoint), location);
  return {
    entrypoint: ["/bin/bash", `${folder}/entrypoint/runproc.sh`],
    inputs: [
      s3Input("code", archive.s3Uri, `${folder}/code/`),
      s3Input("entrypoint", start.s3Uri, `${folder}/entrypoint`),
    ],
    assets: [archive, start],
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Returns a shell script that unpacks the archive, installs `requirements.txt` and starts the program. */
function startScript(command: readonly string[], entryPoint: string): string {
  return [
    "#!/bin/bash",
    "set -e",
    `cd ${folder}/code`,
    "tar -xzf sourcedir.tar.gz",
    "if [ -f requirements.txt ]; then python3 -m pip install -r requirements.txt; fi",
    `exec ${[...command, entryPoint].map(quoted).join(" ")} "$@"`,
    "",
  ].join("\n");
}
