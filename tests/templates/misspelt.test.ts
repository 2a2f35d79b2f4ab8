import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../../scripts/local-stack/folders.ts";
import { pythons } from "../local/pythons.ts";

describe("a template's training", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "misspelt-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [kind, script] of [
    ["regression", "train.py"],
    ["classification", "train_xgboost.py"],
  ] as const)
    it(`ends with one line for a misspelt hyperparameter: ${kind}`, async () => {
      const template = join(repository, "templates", kind);
      const { label, features } = JSON.parse(readFileSync(join(template, "data.json"), "utf8"));
      const names = [label, ...Object.keys(features)];
      const cells = (row: number) => [
        row % 2,
        ...Object.values(features).map((of) => (of === "number" ? row : (of as string[])[0])),
      ];
      const text = [names, ...Array.from({ length: 20 }, (_, row) => cells(row))]
        .map((line) => line.join(","))
        .join("\n");
      const env: NodeJS.ProcessEnv = { ...process.env, SM_MODEL_DIR: folder };
      for (const channel of ["train", "validation"]) {
        const place = join(folder, kind, channel);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, `${channel}.csv`), `${text}\n`);
        env[`SM_CHANNEL_${channel.toUpperCase()}`] = place;
      }
      const { xgboost } = await pythons();
      const args = ["-B", join(template, script), "--num_round", "2", "--max_dept", "3", "--eta", "0.1"];
      const { code, stderr } = await promisify(execFile)(xgboost, args, { env }).then(
        () => assert.fail("it trained"),
        (error) => error as { code: number; stderr: string },
      );
      assert.equal(code, 1);
      assert.match(stderr, /^XGBoost has no hyperparameter max_dept; correct it in pipeline\.ts$/m);
    });
});
