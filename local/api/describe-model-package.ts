import type { DescribeModelPackageInput } from "@aws-sdk/client-sagemaker";
import { findPackage } from "../state/model-package-group.ts";
import type { ModelPackageRecord } from "../state/store.ts";
import type { Operation } from "./operation.ts";

export const describeModelPackage: Operation<DescribeModelPackageInput, ModelPackageRecord> = (input, call) =>
  findPackage(input.ModelPackageName, call);
