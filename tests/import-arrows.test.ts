import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { repository } from "../scripts/local-stack/folders.ts";

/** A file, what it imports, and whether the arrows between the folders let it. */
const imports: readonly (readonly [string, string, "allowed" | "refused"])[] = [
  ["index.ts", "./infra/artifact-bucket.ts", "allowed"],
  ["infra/a.ts", "../pipelines/sagemaker/index.ts", "allowed"],
  ["infra/b.ts", "@pulumi/pulumi", "allowed"],
  ["infra/c.ts", "../scripts/start.ts", "refused"],
  ["infra/d.ts", "../local/deploy.ts", "refused"],
  ["infra/e.ts", "../index.ts", "refused"],
  ["pipelines/abalone/a.ts", "../sagemaker/index.ts", "allowed"],
  ["pipelines/abalone/b.ts", "@pulumi/pulumi", "refused"],
  ["pipelines/abalone/c.ts", "../../infra/code-upload.ts", "refused"],
  ["pipelines/sagemaker/a.ts", "@aws-sdk/client-sagemaker", "allowed"],
  ["pipelines/sagemaker/b.ts", "@pulumi/aws/s3/index.js", "refused"],
  ["pipelines/sagemaker/c.ts", "../abalone/pipeline.ts", "refused"],
  ["pipelines/sagemaker/steps/a.ts", "../../training-pipeline.ts", "refused"],
  ["policy/rules/a.ts", "@pulumi/policy", "allowed"],
  ["policy/rules/b.ts", "../../infra/bucket-policy.ts", "refused"],
  ["policy/c.ts", "../pipelines/sagemaker/definition.ts", "refused"],
  ["scripts/a.ts", "../local/endpoint.ts", "allowed"],
  ["scripts/b.ts", "../stack-outputs.ts", "allowed"],
  ["scripts/c.ts", "../infra/code-upload.ts", "refused"],
  ["scripts/gate/a.ts", "@pulumi/pulumi", "refused"],
  ["local/a.ts", "../pipelines/sagemaker/definition.ts", "allowed"],
  ["local/d.ts", "../pipelines/sagemaker/service/limits.ts", "allowed"],
  ["local/e.ts", "../pipelines/sagemaker/index.ts", "refused"],
  ["local/f.ts", "../pipelines/sagemaker/render.ts", "refused"],
  ["local/execution/g.ts", "../../pipelines/sagemaker/check/check-pipeline.ts", "allowed"],
  ["local/execution/h.ts", "../../pipelines/sagemaker/steps/processing-step.ts", "refused"],
  ["local/b.ts", "../scripts/start.ts", "refused"],
  ["local/c.ts", "../stack-outputs.ts", "refused"],
  ["local/state/a.ts", "../../pipelines/catalog.ts", "refused"],
];

describe("the arrows between the folders", function () {
  this.timeout(30_000);
  let refused: ReadonlySet<string>;

  before(() => {
    const folder = mkdtempSync(join(tmpdir(), "arrows-"));
    const real = realpathSync(folder);
    try {
      // The repository's own rules, without the question what git ignores.
      const { vcs: _, $schema: __, ...rules } = JSON.parse(readFileSync(join(repository, "biome.json"), "utf8"));
      writeFileSync(join(folder, "biome.json"), JSON.stringify(rules));
      for (const [file, name] of imports) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), `export * from "${name}";\n`);
      }
      const biome = join(repository, "node_modules", "@biomejs", "biome", "bin", "biome");
      const args = [biome, "lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=github"];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
      const files = [...`${stdout}${stderr}`.matchAll(/^::error .*file=([^,]+),/gm)].map(([, file = ""]) =>
        relative(real, file),
      );
      refused = new Set(files);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [file, name, verdict] of imports)
    it(`${verdict}: ${name} in ${dirname(file)}/`, () => {
      assert.equal(refused.has(file) ? "refused" : "allowed", verdict);
    });
});
