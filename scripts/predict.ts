import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { awsClients } from "../aws/clients.ts";
import { describedModel } from "../aws/described-model.ts";
import { aws } from "../aws/error.ts";
import { s3Address } from "../aws/s3-address.ts";
import { predict } from "../check/predict/predict.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { modelOption, parseModel } from "./command/model-option.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { parseTimeout, timeoutOption } from "./command/timeout-option.ts";
import { lineCount } from "./data/line-count.ts";
import { uploadClient, uploadData } from "./data/upload.ts";
import { readOutputs, stackHelp, stackOptions } from "./stack/read-outputs.ts";
import { registeringPipeline } from "./stack/registering-pipeline.ts";

const help = `
Predicts with a registered model and prints one line for each row of a CSV file. It uploads the rows, creates a temporary
model with the stack's execution role, runs a batch transform job, and deletes the temporary model, even after Ctrl-C. The
predictions and the rows stay in the artifact bucket.

  npm run -s predict -- --stack dev --model ARN --file rows.csv

  --model ARN              the model package
  --file FILE              the rows as the model takes them: for the XGBoost algorithm only the features, in the order of the
                           training data, without a header and without the label
  --output FILE            writes the predictions to a file instead of standard output
  --instance-type TYPE     the instance of the job (default: the first one that the model package supports)
  --timeout MINUTES        how long to wait for the job's end (default 240)
  ${stackHelp}

Exit code: 0 predicted, 2 usage or configuration, 3 the job failed or was stopped, 4 deadline passed, 6 AWS or credentials,
129/130/143 signal.
`;

// Standard output has only the predictions.
const print = (line: string) => process.stderr.write(`${line}\n`);

/** Writes the predictions to the file that the user gives. @throws ExitError (2) if it cannot be written */
async function write(file: string, content: string, uri: string): Promise<void> {
  await writeFile(file, content).catch((error: NodeJS.ErrnoException) => {
    throw new ExitError(
      exitCode.usage,
      `--output ${file} cannot be written (${error.code}): give a file in an existing folder, or copy ${uri}.`,
    );
  });
}

await runCommand(async (signal) => {
  const options = parseOptions(help, {
    ...{ ...stackOptions, ...modelOption, ...timeoutOption },
    file: { type: "string" },
    output: { type: "string" },
    "instance-type": { type: "string" },
  });
  const [model, timeout, { file }] = [parseModel(options.model), parseTimeout(options.timeout), options];
  if (file === undefined) throw new ExitError(exitCode.usage, "--file is missing: give the CSV file with the rows.");
  const outputs = await readOutputs(options);
  const { artifactBucket: bucket, roleArn, region } = outputs;
  const clients = awsClients(region);
  const modelPackage = await describedModel(clients, model);
  const group = modelPackage.ModelPackageGroupName ?? "no group";
  const [, pipeline] = registeringPipeline(outputs, group, options.pipeline);
  if (modelPackage.ModelApprovalStatus !== "Approved") print(`The model is ${modelPackage.ModelApprovalStatus}.`);
  const rows = await uploadData(uploadClient(region), file, { bucket, prefix: pipeline.prefix });
  print(`Rows ${rows}`);
  const uri = await predict(
    { clients, signal, timeout, print },
    {
      name: `predict-${pipeline.name.slice(0, 42)}-${randomBytes(6).toString("hex")}`,
      ...{ modelPackage, rows, pipeline, bucket, roleArn, instanceType: options["instance-type"] },
    },
  );
  print(`Predictions ${uri}`);
  const object = new GetObjectCommand(s3Address(uri) ?? { Bucket: bucket, Key: "" });
  const body = async () => (await clients.s3.send(object)).Body?.transformToString();
  // SageMaker ends the answer to each part of the rows with a newline, even if the model has ended it with one.
  const predictions = ((await aws(`Reading ${uri}`, body)) ?? "").replace(/^\r?\n/gm, "");
  const [given, answered] = [await lineCount(createReadStream(file)), await lineCount([Buffer.from(predictions)])];
  if (given !== answered) print(`The model answered ${answered} lines to ${given} rows.`);
  if (options.output === undefined) process.stdout.write(predictions);
  else await write(options.output, predictions, uri);
  return exitCode.pass;
});
