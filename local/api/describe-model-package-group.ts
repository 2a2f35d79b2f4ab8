import type { DescribeModelPackageGroupInput } from "@aws-sdk/client-sagemaker";
import type { ModelPackageGroupRecord } from "../state/store.ts";
import { findGroup } from "./model-package-group.ts";
import type { Operation } from "./operation.ts";

export const describeModelPackageGroup: Operation<
  DescribeModelPackageGroupInput,
  ModelPackageGroupRecord["description"]
> = (input, call) => findGroup(input.ModelPackageGroupName, call).description;
