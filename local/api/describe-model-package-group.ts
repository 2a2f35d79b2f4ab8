import type { DescribeModelPackageGroupInput } from "@aws-sdk/client-sagemaker";
import { findGroup } from "../state/model-package-group.ts";
import type { ModelPackageGroupRecord } from "../state/store.ts";
import type { Operation } from "./operation.ts";

export const describeModelPackageGroup: Operation<
  DescribeModelPackageGroupInput,
  ModelPackageGroupRecord["description"]
> = (input, call) => findGroup(input.ModelPackageGroupName, call).description;
