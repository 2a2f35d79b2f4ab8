import { defined } from "../../service-model/defined.ts";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { resourceConfig } from "./resource-config.ts";
import { checkInputData, downloadInputData } from "./transfer/input-data.ts";
import { allOrFirstError } from "./transfer/s3-transfer.ts";

type Channel = NonNullable<TrainingJobRecord["InputDataConfig"]>[number];

/**
 * Downloads a training job's channels from S3 and writes the files about the job to /opt/ml/input/config.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
 */
export async function bringTrainingInputs(
  job: TrainingJobRecord,
  folder: JobFolder,
  s3: RoleSession["s3"],
): Promise<void> {
  const mode = job.AlgorithmSpecification?.TrainingInputMode ?? "File";
  const channels: { [name: string]: object } = {};
  await allOrFirstError(job.InputDataConfig ?? [], async (channel) => {
    const source = channel.DataSource?.S3DataSource;
    const name = channel.ChannelName;
    if (source?.S3Uri === undefined || name === undefined) {
      throw new Error(`the channel ${name} has no S3DataSource: only channels on S3 run locally`);
    }
    const inputMode = channel.InputMode ?? mode;
    const data = { uri: source.S3Uri, type: source.S3DataType, mode: inputMode, compression: channel.CompressionType };
    checkInputData(`the channel ${name}`, data);
    if (channel.RecordWrapperType === "RecordIO") {
      throw new Error(
        `the channel ${name} has the RecordWrapperType RecordIO, which is for Pipe mode and does not run locally: leave it out`,
      );
    }
    await downloadInputData(s3, data, folder.makeFolder(`/opt/ml/input/data/${name}`));
    channels[name] = channelConfig(channel, source.S3DataDistributionType ?? "FullyReplicated", inputMode);
  });
  folder.writeJson("/opt/ml/input/config/inputdataconfig.json", channels);
  folder.writeJson("/opt/ml/input/config/hyperparameters.json", job.HyperParameters ?? {});
  folder.writeJson(
    "/opt/ml/input/config/resourceconfig.json",
    resourceConfig(job.ResourceConfig?.InstanceType, job.ResourceConfig?.InstanceCount),
  );
}

function channelConfig(channel: Channel, S3DistributionType: string, TrainingInputMode: string): object {
  return {
    ...defined({ ContentType: channel.ContentType }),
    TrainingInputMode,
    S3DistributionType,
    RecordWrapperType: channel.RecordWrapperType ?? "None",
  };
}
