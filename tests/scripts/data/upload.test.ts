import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { ExitError } from "../../../scripts/command/exit-code.ts";
import { uploadData } from "../../../scripts/data/upload.ts";
import { bucket, discard, type LocalAws, makeBucket, startLocalAws } from "../../local/local-aws.ts";

describe("uploading data", function () {
  this.timeout(60_000);
  let aws: LocalAws;
  const location = { bucket, prefix: "abalone" };

  before(async () => {
    aws = await startLocalAws();
    await makeBucket(aws);
  });
  after(() => discard(aws));

  const upload = async (content: string) => {
    const file = join(aws.state, "data.csv");
    await writeFile(file, content);
    return uploadData(aws.s3, file, location);
  };

  it("puts the file under the hash of its content, so that new data is never taken for old", async () => {
    const sha256 = createHash("sha256").update("1,2\n").digest("hex");
    const first = await upload("1,2\n");
    assert.equal(first, `s3://${bucket}/abalone/data/${sha256}/data.csv`);
    assert.notEqual(await upload("1,3\n"), first);
  });

  it("uploads what is there already only once", async () => {
    const uri = await upload("4,5\n");
    const head = () => aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: uri.slice(`s3://${bucket}/`.length) }));
    const { LastModified } = await head();
    await upload("4,5\n");
    assert.deepEqual((await head()).LastModified, LastModified);
  });

  it("says which file it cannot read, with exit code 2", async () => {
    await assert.rejects(
      uploadData(aws.s3, join(aws.state, "no.csv"), location),
      (error) =>
        error instanceof ExitError && error.code === 2 && /no\.csv cannot be read \(ENOENT\)/.test(error.message),
    );
  });
});
