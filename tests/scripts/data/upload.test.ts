import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { ExitError } from "../../../exit-code.ts";
import { dataFile, sameContent } from "../../../scripts/data/data-file.ts";
import { uploadData } from "../../../scripts/data/upload.ts";
import { parsed } from "../../infra/configuration/parsed.ts";
import { bucket } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";

describe("uploadData", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  const location = { bucket, prefix: "crickets" };

  const upload = async (content: string) => {
    const file = join(aws.state, "data.csv");
    await writeFile(file, content);
    return uploadData(aws.s3, file, location);
  };

  it("uploads the file under the hash of its content, so that new data gets a new URI", async () => {
    const sha256 = createHash("sha256").update("1,2\n").digest("hex");
    const first = await upload("1,2\n");
    assert.equal(first, `s3://${bucket}/crickets/data/${sha256}/data.csv`);
    assert.notEqual(await upload("1,3\n"), first);
  });

  it("does not upload a file that already exists on S3", async () => {
    const uri = await upload("4,5\n");
    const head = () => aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: uri.slice(`s3://${bucket}/`.length) }));
    const { LastModified } = await head();
    await upload("4,5\n");
    assert.deepEqual((await head()).LastModified, LastModified);
  });

  it("uploads a large file in parts", async () => {
    const content = Buffer.alloc(17 * 1024 * 1024 + 1, "1,2,3\n");
    const file = join(aws.state, "long.csv");
    await writeFile(file, content);
    const uri = await uploadData(aws.s3, file, location);
    const Key = uri.slice(`s3://${bucket}/`.length);
    assert.ok(Key.includes(createHash("sha256").update(content).digest("hex")));
    const { ETag, Body } = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    assert.match(ETag ?? "", /-3"$/, "three parts");
    assert.ok(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(content));
  });

  it("fails if the file changes between hashing and upload", async () => {
    const file = join(aws.state, "changing.csv");
    await writeFile(file, "1\n");
    const looked = await dataFile(file);
    await writeFile(file, "2\n");
    const read = async () => {
      for await (const _ of sameContent(looked));
    };
    await assert.rejects(read, /changing\.csv changed while it was uploaded: run it again/);
  });

  it("returns a URI that the stack's configuration accepts", async () => {
    for (const name of ["crickets.csv", "Données_(1)+2=3@4,5~6!'-.csv"]) {
      const file = join(aws.state, name);
      await writeFile(file, "7,8\n");
      const inputDataUrl = await uploadData(aws.s3, file, location);
      const { pipelines } = parsed({ region: "us-east-1", pipelines: { crickets: { inputDataUrl } } }, ["crickets"]);
      assert.equal(pipelines["crickets"]?.inputDataUrl, inputDataUrl);
    }
  });

  const refused: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    [
      "a file that does not exist",
      "no.csv",
      undefined,
      /no\.csv cannot be read \(ENOENT\): give a file that exists\.$/,
    ],
    ["an empty file", "empty.csv", "", /empty\.csv is empty: give a file with data\.$/],
    ["a folder", "folder", undefined, /folder is not a file: give one file with data\.$/],
    [
      "a name with blanks and patterns",
      "we ird?#%*.csv",
      "1",
      /we ird\?#%\*\.csv has a name that cannot be .*: rename it to/,
    ],
    ["a name of two lines", "two\nlines.csv", "1", /two\\u\{a\}lines\.csv has a name that cannot be/],
  ];
  for (const [what, name, content, message] of refused)
    it(`exits with 2 and one line for ${what}`, async () => {
      const file = join(aws.state, name);
      if (content !== undefined) await writeFile(file, content);
      else if (name === "folder") await mkdir(file);
      await assert.rejects(uploadData(aws.s3, file, location), (error) => {
        assert.ok(error instanceof ExitError && error.code === 2);
        assert.match(error.message, message);
        return true;
      });
    });
});
