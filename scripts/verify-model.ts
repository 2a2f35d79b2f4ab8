import { isModelPackageArn } from "../aws/arn.ts";
import { awsClients } from "../aws/clients.ts";
import { chainHolds, chainText } from "../check/provenance/chain.ts";
import { recordedPackage, serviceLinks } from "../check/provenance/service-links.ts";
import { sourceLinks } from "../check/provenance/source-links.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { repository } from "./local-stack/folders.ts";
import { readOutputs, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Traces a registered model back to its commit and prints whether each link of the chain holds: the model package, its model on
S3, the execution that registered it, the definition of that execution, the code on S3, and the commit. Downloads and hashes
the model and the code. If the working tree is at that commit, also checks that it renders the same definition.

  npm run -s verify-model -- --stack dev --model ARN

  --model ARN              the model package
  ${stackHelp}

Exit code: 0 the chain holds, 1 it does not, 2 usage or configuration, 6 AWS or credentials, 129/130/143 signal.
`;

await runCommand(async () => {
  const { model, ...options } = parseOptions(help, { ...stackOptions, model: { type: "string" } });
  if (model === undefined || !isModelPackageArn(model))
    throw new ExitError(exitCode.usage, `--model takes the ARN of a model package, not "${model ?? ""}".`);
  const outputs = await readOutputs(options);
  const clients = awsClients(outputs.region);
  const registered = await recordedPackage(clients, model);
  const registering = Object.entries(outputs.pipelines).find(
    ([name, { modelPackageGroup }]) =>
      modelPackageGroup === registered.group && (options.pipeline === undefined || options.pipeline === name),
  );
  if (registering === undefined)
    throw new ExitError(
      exitCode.usage,
      `No pipeline of this stack registers models in ${registered.group}: give the stack of that model package group.`,
    );
  const [folder, pipeline] = registering;
  const links = [
    registered.link,
    ...(await serviceLinks(clients, pipeline, registered)),
    ...(await sourceLinks(repository, folder, pipeline, registered.recorded)),
  ];
  console.log(chainText(links));
  return chainHolds(links) ? exitCode.pass : exitCode.regression;
});
