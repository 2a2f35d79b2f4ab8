import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Header } from "tar";
import { type ModelContent, modelContent } from "../../../check/provenance/model-content.ts";
import { bucket, put } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";

const hashOf = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");

/** An archive of files, uncompressed. */
function archive(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    new Header({ path, mode: 0o644, size: content.length, type: "File" }).encode(header);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe("modelContent", function () {
  this.timeout(60_000);
  const aws = useLocalAws();

  const content = (key: string, sha256: string) => modelContent(aws.s3, `s3://${bucket}/${key}`, sha256);
  const large = randomBytes(3_000_000);
  const files = { "code/inference.py": "print()", "xgboost-model": "the model", weights: large };
  const whole = gzipSync(archive(files));
  const zeros = Buffer.alloc(30_000_000);

  const cases: readonly (readonly [string, Buffer | string, string, ModelContent])[] = [
    ["a file of its archive", whole, hashOf("the model"), "same"],
    ["a file that is larger than what is read at a time", whole, hashOf(large), "same"],
    ["a file of an archive that is not compressed", archive(files), hashOf("the model"), "same"],
    ["the archive itself", whole, hashOf(whole), "same"],
    ["a model that is not an archive", "a model alone", hashOf("a model alone"), "same"],
    ["another file", gzipSync(archive({ "xgboost-model": "another" })), hashOf("the model"), "other"],
    [
      "two files of the model's name, one with other content",
      gzipSync(archive({ "xgboost-model": "another", "kept/xgboost-model": "the model" })),
      hashOf("the model"),
      "other",
    ],
    [
      "the same file twice",
      gzipSync(archive({ "xgboost-model": "the model", "kept/xgboost-model": "the model" })),
      hashOf("the model"),
      "same",
    ],
    ["an archive without files", gzipSync(archive({})), hashOf("the model"), "other"],
    ["half an archive, before the file", whole.subarray(0, 200), hashOf(large), "other"],
    ["compressed content that is not an archive", gzipSync("x".repeat(100_000)), hashOf("x".repeat(100_000)), "other"],
    ["a file that is compressed to a thousandth", gzipSync(archive({ zeros })), hashOf(zeros), "same"],
    ["content that looks like zstd", Buffer.from("28b52ffd00000000", "hex"), hashOf("the model"), "other"],
    ["nothing", Buffer.alloc(0), hashOf("the model"), "other"],
  ];
  for (const [index, [what, body, sha256, expected]] of cases.entries())
    it(`returns ${expected} for ${what}`, async () => {
      await put(aws, `model-${index}`, body);
      assert.equal(await content(`model-${index}`, sha256), expected);
    });

  it("returns other, and ends, whichever byte of an archive is damaged", async () => {
    const sound = gzipSync(archive({ "xgboost-model": "the model", more: randomBytes(2000) }));
    for (let at = 0; at < 200; at += 1) {
      const damaged = Buffer.from(sound);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await put(aws, "damaged", damaged);
      assert.notEqual(await content("damaged", hashOf("no such model")), "same", String(at));
    }
  });

  it("returns gone if the object or the bucket does not exist, or the URI is not an S3 URI", async () => {
    const sha256 = hashOf("the model");
    assert.equal(await content("no-such-model", sha256), "gone");
    assert.equal(await modelContent(aws.s3, "s3://no-such-bucket-here/model.tar.gz", sha256), "gone");
    assert.equal(await modelContent(aws.s3, "model.tar.gz", sha256), "gone");
  });
});
