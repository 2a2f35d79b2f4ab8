import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exitCode } from "../exit-code.ts";
import { pythonEnvironment } from "../local/jobs/python/python-environment.ts";
import { generatedModel } from "../service-model/service-model.ts";
import { local } from "./command/local-error.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { localFolders } from "./local-stack/folders.ts";
import { generateModel, modelText } from "./service-model/generate-model.ts";

const help = `
Renews service-model/service-model.json, AWS's own model of the requests that steps make, from the botocore that moto uses. To
take a newer one, raise botocore in local/jobs/python/packages/moto.txt first.

  npm run generate-service-model
`;

const file = fileURLToPath(new URL("../service-model/service-model.json", import.meta.url));

await runCommand(async (signal) => {
  parseOptions(help, {});
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const { folder } = await local(() => pythonEnvironment("moto", { folder: localFolders.python, log, signal }));
  const today = new Date().toISOString().slice(0, 10);
  const model = await generateModel(folder, existsSync(file) ? generatedModel() : undefined, today);
  writeFileSync(file, modelText(model));
  log(`service-model/service-model.json is the model of botocore ${model.botocore}, of ${model.date}`);
  return exitCode.pass;
});
