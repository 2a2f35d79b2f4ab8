import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { uploadClient, uploadData } from "./data/upload.ts";
import { readOutputs, selectPipeline, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Uploads training data to the stack's artifact bucket, under a key with the hash of its content, and prints the S3 URI. Give
this URI as the pipeline parameter InputDataUrl, or as inputDataUrl in the stack's configuration.

  npm run -s upload-data -- --stack dev --file abalone.csv

  --file FILE              the data, of any size
  ${stackHelp}
`;

await runCommand(async () => {
  const options = parseOptions(help, { ...stackOptions, file: { type: "string" } });
  if (options.file === undefined)
    throw new ExitError(exitCode.usage, "--file is missing: give the file with the data.");
  const outputs = await readOutputs(options);
  const { prefix } = selectPipeline(outputs, options.pipeline);
  const place = { bucket: outputs.artifactBucket, prefix };
  console.log(await uploadData(uploadClient(outputs.region), options.file, place));
  return exitCode.pass;
});
