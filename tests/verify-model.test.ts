import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeModelPackageCommand, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { s3Address } from "../aws/s3-address.ts";
import type { StackOutputs } from "../stack-outputs.ts";
import { DeployedClone } from "./fresh-clone/deployed-clone.ts";
import { localCredentials } from "./fresh-clone/fresh-clone.ts";
import type { WarmResult } from "./fresh-clone/warm-command.ts";

describe("verify-model", function () {
  this.timeout(120_000);
  let deployed: DeployedClone;
  after(() => deployed.remove());
  let model: string;
  const verify = (): Promise<WarmResult> => deployed.run("verify-model", ["--model", model]);

  before(async () => {
    deployed = await DeployedClone.make();
    const { code, output } = await deployed.check([...deployed.data, "--baseline", "none"]);
    assert.equal(code, 0, output);
    model = deployed.report().candidate?.modelPackageArn ?? assert.fail(output);
  });

  it("verifies every link from a package to the commit and the same definition", async () => {
    const { code, output } = await verify();
    assert.equal(code, 0, output);
    for (const name of ["package", "model", "execution", "verdict", "definition", "code", "commit", "tree"])
      assert.match(output, new RegExp(`^holds +${name} `, "m"), output);
    assert.match(output, /The chain holds\.$/m);
  });

  it("ends with 1 if the model on S3 differs or is gone, but with 0 if a person only changed the check's decision", async () => {
    const { InferenceSpecification } = await deployed.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: model }),
    );
    const place = s3Address(InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? "") ?? assert.fail();
    const s3 = new S3Client({
      endpoint: deployed.url,
      region: "us-east-1",
      credentials: localCredentials,
      forcePathStyle: true,
    });
    const { Body } = await s3.send(new GetObjectCommand(place));
    const right = (await Body?.transformToByteArray()) ?? assert.fail();
    await s3.send(new PutObjectCommand({ ...place, Body: "another" }));
    const replaced = await verify();
    assert.equal(replaced.code, 1, replaced.output);
    assert.match(replaced.output, /^broken +model +s3:\S+ does not contain the evaluated model, [0-9a-f]{64}$/m);
    await s3.send(new DeleteObjectCommand(place));
    assert.match((await verify()).output, /^broken +model +s3:\S+ is gone$/m);
    await s3.send(new PutObjectCommand({ ...place, Body: right }));

    const update = { ModelPackageArn: model, ModelApprovalStatus: "Rejected" } as const;
    await deployed.sagemaker.send(new UpdateModelPackageCommand(update));
    const { code, output } = await verify();
    assert.equal(code, 0, output);
    assert.match(output, / is Rejected \(set by a person; the stack check left it Approved\) and has/);
  });

  it("finds the code of a model even after a changed script was deployed", async () => {
    deployed.clone.edit("pipelines/crickets/score.py", "import", "# changed\nimport");
    const { counts } = await deployed.redeploy();
    assert.deepEqual([counts.created, counts.deleted], [1, 0]);
    const { code, output } = await verify();
    assert.equal(code, 0, output);
    assert.match(output, /^holds +code +score\.py on S3 has the hash in its address/m);
    await deployed.git("checkout", "-q", "pipelines");
  });

  it("says which link could not be checked if the working tree is at another commit", async () => {
    await deployed.git("commit", "-q", "--allow-empty", "-m", "another");
    const { code, output } = await verify();
    assert.equal(code, 0, output);
    assert.match(output, /^open +tree +the working tree is at .*: check out [0-9a-f]{12}/m);
  });

  it("ends with 1 if the working tree of the commit renders another definition", async () => {
    await deployed.git("reset", "-q", "--hard", "HEAD~1");
    const edited = deployed.clone.readJson(".local/outputs.json") as StackOutputs;
    Object.assign(edited.pipelines["crickets"]?.context ?? {}, { trainingInstanceType: "ml.m5.2xlarge" });
    writeFileSync(join(deployed.clone.folder, ".local", "edited.json"), JSON.stringify(edited));
    const args = ["--outputs", ".local/edited.json", "--model", model];
    const { code, output } = await deployed.commands.run(
      "verify-model",
      args,
      deployed.clone.environment(deployed.environment),
    );
    assert.equal(code, 1, output);
    assert.match(output, /^broken +tree /m);
  });

  it("ends with 1 if a recorded fact is wrong, and names the link", async () => {
    const change = (CustomerMetadataProperties: Record<string, string>) =>
      deployed.sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: model, CustomerMetadataProperties }));
    const { CustomerMetadataProperties: right = {} } = await deployed.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: model }),
    );
    const wrong = { definition: "0".repeat(64), code: "0".repeat(64), verdict: "regression", commit: "0".repeat(40) };
    await change(Object.fromEntries(Object.entries(wrong).map(([name, value]) => [`stack-check:${name}`, value])));
    const { code, output } = await verify();
    assert.equal(code, 1, output);
    for (const name of Object.keys(wrong)) assert.match(output, new RegExp(`^broken +${name} `, "m"));

    const gone = right["stack-check:execution"]?.replace(/.$/, "_") ?? "";
    await change({ ...right, "stack-check:execution": gone });
    const lost = await verify();
    assert.equal(lost.code, 1, lost.output);
    assert.match(lost.output, /^broken +execution +.*does not exist/m);
    await change(right);
  });

  it("ends with 2 without --model and for a model that does not exist", async () => {
    const none = await deployed.run("verify-model", []);
    assert.deepEqual([none.code, /--model takes the ARN/.test(none.output)], [2, true], none.output);
    model = model.replace(/\d+$/, "999");
    assert.equal((await verify()).code, 2);
  });
});
