import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopLeftJobs } from "../../../local/state/job-record.ts";
import { openStore } from "../../../local/state/store.ts";

describe("jobs that a killed endpoint left", () => {
  it("become Stopped if they were running or stopping, and keep their status if they had ended", () => {
    const folder = mkdtempSync(join(tmpdir(), "jobs-"));
    try {
      const { transformJobs, ...store } = openStore(folder, () => assert.fail());
      const statuses = ["InProgress", "Stopping", "Completed"] as const;
      const arn = (status: string) => `arn:aws:sagemaker:us-east-1:123456789012:transform-job/${status}`;
      for (const TransformJobStatus of statuses) {
        const own = { TransformJobName: TransformJobStatus, TransformJobArn: arn(TransformJobStatus), ModelName: "m" };
        const asked = { CreationTime: 1, TransformInput: undefined, TransformResources: undefined };
        transformJobs.put(own.TransformJobArn, { ...own, ...asked, TransformJobStatus });
      }
      stopLeftJobs({ ...store, transformJobs }, "TransformJob", 5);
      const after = statuses.map((status) => transformJobs.get(arn(status)));
      assert.deepEqual(
        after.map((job) => [job?.TransformJobStatus, job?.TransformEndTime]),
        [
          ["Stopped", 5],
          ["Stopped", 5],
          ["Completed", undefined],
        ],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
