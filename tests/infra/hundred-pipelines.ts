import { definitionBody } from "#language";
import type { DeployedDefinition, ExecutionContext } from "../../infra/permissions/execution-permissions.ts";
import { stackNames } from "../../infra/stack-names.ts";
import { getPipeline } from "../pipelines-under-test/crickets/pipeline.ts";
import { cricketsContext } from "./crickets-context.ts";

const account = "111122223333";
const region = "ap-southeast-2";

/** The names of a stack with a long name in a region with a long name. */
export const longNames = stackNames("production-europe", account, region);

export const executionContext: ExecutionContext = { partition: "aws", region, account, bucketName: longNames.bucket };

/** Returns the names of this many pipeline folders. */
export function folders(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `forecast-region-${String(index).padStart(3, "0")}`);
}

/** Returns the definitions of this many pipelines, each a copy of crickets with its own names and data elsewhere. */
export function definitions(count: number): readonly DeployedDefinition[] {
  return folders(count).map((folder) => {
    const name = longNames.pipeline(folder);
    const { pipeline } = getPipeline({
      ...{ ...cricketsContext, region, bucket: longNames.bucket, prefix: folder, roleArn: longNames.roleArn },
      ...{ pipelineName: name, modelPackageGroupName: name, inputDataUrl: `s3://lake/${folder}.csv` },
    });
    return { folder, definition: JSON.parse(definitionBody(pipeline)), prefix: folder };
  });
}
