import { awsClients } from "../aws/clients.ts";
import { chainHolds, chainText } from "../check/provenance/chain.ts";
import { recordedPackage, serviceLinks } from "../check/provenance/service-links.ts";
import { sourceLinks } from "../check/provenance/source-links.ts";
import { exitCode } from "../exit-code.ts";
import { modelOption, parseModel } from "./command/model-option.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { repository } from "./local-stack/folders.ts";
import { readOutputs, stackHelp, stackOptions } from "./stack/read-outputs.ts";
import { registeringPipeline } from "./stack/registering-pipeline.ts";

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
  const options = parseOptions(help, { ...stackOptions, ...modelOption });
  const model = parseModel(options.model);
  const outputs = await readOutputs(options);
  const clients = awsClients(outputs.region);
  const registered = await recordedPackage(clients, model);
  const [folder, pipeline] = registeringPipeline(outputs, registered.group, options.pipeline);
  const links = [
    registered.link,
    ...(await serviceLinks(clients, pipeline, registered)),
    ...(await sourceLinks(repository, folder, pipeline, registered.recorded)),
  ];
  console.log(chainText(links));
  return chainHolds(links) ? exitCode.pass : exitCode.regression;
});
