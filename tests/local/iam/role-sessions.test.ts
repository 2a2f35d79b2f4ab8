import assert from "node:assert/strict";
import { join } from "node:path";
import { readRecordedCalls } from "../../../local/iam/recorded-calls.ts";
import { scriptStep } from "../definitions.ts";
import { createPipeline, put, role, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

/** The script of a job that reads and writes S3 with boto3. */
const script = `
import os
import boto3
s3 = boto3.client("s3")
s3.put_object(Bucket="test-bucket", Key="own/result.txt", Body=b"1")
s3.list_objects_v2(Bucket="test-bucket", Prefix="own/")
print(s3.head_object(Bucket="test-bucket", Key="own/result.txt")["ContentLength"])
import urllib.error, urllib.request
from botocore.config import Config
s3.put_object(Bucket="test-bucket", Key="signed/older.txt", Body=b"1")
s3.put_object(Bucket="test-bucket", Key="signed/newer.txt", Body=b"1")
for name, config in [("older", None), ("newer", Config(signature_version="s3v4"))]:
    place = {"Bucket": "test-bucket", "Key": f"signed/{name}.txt"}
    urllib.request.urlopen(boto3.client("s3", config=config).generate_presigned_url("get_object", Params=place)).read()
s3.list_objects(Bucket="test-bucket")
s3.copy_object(Bucket="test-bucket", Key="own/copy.txt", CopySource={"Bucket": "test-bucket", "Key": "own/result.txt"})
# No valid encoding, in the job's name: it must not take the endpoint down.
broken = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + "/test-bucket/100%")
broken.add_header("Authorization", f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request")
try:
    urllib.request.urlopen(broken)
except urllib.error.HTTPError:
    pass
`;

describe("RoleSessions", function () {
  this.timeout(60_000);
  const aws = useLocalAws();

  it("records the calls of a job and its script with the role, but no calls of users", async () => {
    const code = await put(aws, "code/script.py", script);
    const step = scriptStep({ name: "Own", code });
    await createPipeline(aws, "own", { Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: [step] });
    const { status, reason } = await run(aws, "own");
    assert.equal(status, "Succeeded", reason);
    const calls = readRecordedCalls(join(aws.state, "calls.jsonl"));
    assert.deepEqual([...new Set(calls.map((call) => call.role))], [role]);
    const told = (by: RegExp) =>
      calls
        .filter((call) => by.test(call.by))
        .map(({ action, resource }) => `${action} ${resource.replace(/pipelines-.*/, "JOB")}`);
    assert.deepEqual(told(/^own$/).sort(), [
      `iam:PassRole ${role}`,
      ...["AddTags", "CreateProcessingJob", "DescribeProcessingJob"].map(
        (operation) => `sagemaker:${operation} arn:aws:sagemaker:us-east-1:123456789012:processing-job/JOB`,
      ),
    ]);
    const image = "arn:aws:ecr:us-east-1:683313688378:repository/sagemaker-xgboost";
    const group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/ProcessingJobs";
    assert.deepEqual([...new Set(told(/^pipelines-.*-Own-/))].sort(), [
      "cloudwatch:PutMetricData *",
      `ecr:BatchCheckLayerAvailability ${image}`,
      `ecr:BatchGetImage ${image}`,
      "ecr:GetAuthorizationToken *",
      `ecr:GetDownloadUrlForLayer ${image}`,
      `logs:CreateLogGroup ${group}`,
      `logs:CreateLogStream ${group}:log-stream:JOB`,
      `logs:DescribeLogStreams ${group}`,
      `logs:PutLogEvents ${group}:log-stream:JOB`,
      "s3:GetObject arn:aws:s3:::test-bucket/100%",
      "s3:GetObject arn:aws:s3:::test-bucket/code/script.py",
      "s3:GetObject arn:aws:s3:::test-bucket/own/result.txt",
      "s3:GetObject arn:aws:s3:::test-bucket/signed/newer.txt",
      "s3:GetObject arn:aws:s3:::test-bucket/signed/older.txt",
      "s3:ListBucket arn:aws:s3:::test-bucket",
      "s3:PutObject arn:aws:s3:::test-bucket/own/copy.txt",
      "s3:PutObject arn:aws:s3:::test-bucket/own/result.txt",
      "s3:PutObject arn:aws:s3:::test-bucket/signed/newer.txt",
      "s3:PutObject arn:aws:s3:::test-bucket/signed/older.txt",
    ]);
    const prefixes = calls.flatMap(({ context }) => context?.["s3:prefix"] ?? []);
    assert.deepEqual([...new Set(prefixes)].sort(), ["code/script.py", "own/"]);
  });
});
