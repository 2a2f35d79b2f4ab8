import { awsClients } from "../aws/clients.ts";
import { listedModels } from "../check/models/listed-models.ts";
import { modelTable } from "../check/models/model-table.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { readOutputs, selectPipeline, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Lists the registered models of a stack, the newest first: version, metric, the last check's verdict, approval status, age,
commit and ARN. A plus after the commit means that the working tree had changes. "(person)" means that a person decided.

  npm run -s models -- --stack dev

  --limit N                the number of models of each pipeline (default 20)
  --json                   prints JSON instead of a table
  ${stackHelp}

Exit code: 0 listed, 2 usage or configuration, 6 AWS or credentials, 129/130/143 signal.
`;

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new ExitError(exitCode.usage, `--limit takes a whole number above 0, not "${text}".`);
}

await runCommand(async () => {
  const options = parseOptions(help, {
    ...stackOptions,
    limit: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  });
  const limit = parseLimit(options.limit);
  const outputs = await readOutputs(options);
  const clients = awsClients(outputs.region);
  const { pipeline: name } = options;
  const named = name === undefined ? outputs.pipelines : { [name]: selectPipeline(outputs, name) };
  const all = Object.entries(named).flatMap(([folder, { modelPackageGroup: group, gate }]) =>
    group === undefined ? [] : [{ folder, group, gate }],
  );
  if (all.length === 0)
    throw new ExitError(exitCode.usage, `No pipeline ${name === undefined ? "of this stack " : ""}registers models.`);
  const lists = [];
  for (const { folder, group, gate } of all)
    lists.push({ folder, group, metric: gate?.metric, models: await listedModels(clients, group, gate, limit) });
  if (options.json) console.log(JSON.stringify(lists, undefined, 2));
  else
    for (const { folder, metric = "metric", models } of lists)
      console.log(`${folder}\n${models.length === 0 ? "no models" : modelTable(models, metric, clients.clock.now())}`);
  return exitCode.pass;
});
