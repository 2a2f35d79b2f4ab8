import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../scripts/local-stack/folders.ts";
import { isCloned } from "../fresh-clone/fresh-clone.ts";

/** A copy of the deploying code, with pipeline folders of its own. */
export class PlantedFolders {
  readonly #tree = mkdtempSync(join(tmpdir(), "pipelines-"));

  /** @param programs the text of `pipeline.ts`, by folder */
  constructor(programs: readonly (readonly [folder: string, program: string])[]) {
    for (const folder of ["pipelines", "language", "service-model", "infra", "package.json"])
      cpSync(join(repository, folder), join(this.#tree, folder), {
        recursive: true,
        filter: (path) => isCloned(relative(repository, path)),
      });
    symlinkSync(join(repository, "node_modules"), join(this.#tree, "node_modules"));
    for (const [folder, program] of programs) {
      mkdirSync(join(this.#tree, "pipelines", folder));
      writeFileSync(join(this.#tree, "pipelines", folder, "pipeline.ts"), program);
    }
  }

  /** Replaces the text of a file in the copy. Call it before the first import. `change` gets "" for a new file. */
  edit(path: string, change: (text: string) => string): void {
    const file = join(this.#tree, path);
    writeFileSync(file, change(existsSync(file) ? readFileSync(file, "utf8") : ""));
  }

  /** Imports a module of the copy, such as `pipelines/catalog.ts`. */
  async module<Module>(path: string): Promise<Module> {
    return (await import(pathToFileURL(join(this.#tree, path)).href)) as Module;
  }

  remove(): void {
    rmSync(this.#tree, { recursive: true });
  }
}

const imports = 'import { failStep, pipeline } from "#language";';

/** Returns the text of a minimal training pipeline, whose result is overridden by `changes`. */
export function trainingPipeline(changes = "{}", name = "context.pipelineName"): string {
  return `${imports}
const named = (name) => ({ name });
const register = { name: "R", arguments: { ModelMetrics: { ModelQuality: { Statistics: { S3Uri: "s3://b/f.json" } } } } };
export function getPipeline(context) {
  const gate = {
    metric: "MSE", direction: "lower", ceiling: 6, tolerance: { relative: 0, absolute: 0 },
    evaluation: { step: "E", output: "o", path: "f.json" }, registerStep: register, ceilingStep: named("C"),
    value: { path: "metrics.mse.value" }, loss: "squared_error", minimumRows: 2,
    ceilingParameter: named("P"), baselineParameter: named("B"), bestParameter: named("A"),
  };
  const made = pipeline(${name}, { steps: [failStep("Stop", { message: "now" })] });
  return Object.assign({ pipeline: made, gate }, (${changes}));
}
`;
}
