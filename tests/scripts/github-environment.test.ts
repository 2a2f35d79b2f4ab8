import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "libsodium-wrappers";
import {
  besideEnvironments,
  environmentVariables,
  previewVariables,
  workflowSecrets,
  workflowStack,
} from "../../scripts/github/workflow-values.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { type StackOutputs, stackOutputsVersion } from "../../stack-outputs.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { Environments } from "../github/environments.ts";
import { type GitHubServer, startGitHubServer, tokens } from "../github/github-server.ts";

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const outputs: StackOutputs = {
  ...{ version: stackOutputsVersion, account: "111111111111", region: "eu-central-1", pipelines: {} },
  ...{ artifactBucket: "training-dev", ownsArtifactBucket: true, roleArn: role("execution"), forceDestroy: false },
  ...{ approveModels: true, inconclusive: "warn" as const },
  githubRoleArns: { preview: role("preview"), deploy: role("deploy"), drift: role("drift") },
  github: {
    ...{ repository: "octo/models", repositoryId: "456", ownerId: "123", environment: "dev", branch: "main" },
    driftEnvironment: "dev-drift",
    stateBackend: "s3://state",
  },
  sagemakerProject: { name: "churn", id: "p-1", nameId: "churn-p-1" },
};

/** The outputs of a stack that allows dev stacks. */
const withDevStacks = {
  githubRoleArns: {
    preview: role("preview"),
    deploy: role("deploy"),
    drift: role("drift"),
    devStacks: role("devstacks"),
  },
  github: {
    ...(outputs.github as NonNullable<StackOutputs["github"]>),
    devStacks: {
      environments: { deploy: "dev-devstacks", clean: "dev-devstacks-clean" },
      stateBackend: "s3://state/devstacks",
      permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/boundary",
    },
  },
};

describe("github-environment", function () {
  this.timeout(60_000);
  let environments: Environments;
  let server: GitHubServer;
  let commands: WarmCommands;
  let folder: string;
  let keys: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
  let mainIsProtected = false;

  before(async () => {
    await sodium.ready;
    keys = sodium.crypto_box_keypair();
    folder = mkdtempSync(join(tmpdir(), "github-environment-"));
    environments = new Environments(sodium.to_base64(keys.publicKey, sodium.base64_variants.ORIGINAL));
    const facts = { full_name: "octo/models", id: 456, owner: { id: 123 } };
    server = await startGitHubServer([
      ...environments.routes(),
      { method: "GET", path: /^\/repos\/octo\/models$/, answer: () => ({ status: 200, body: facts }) },
      {
        method: "GET",
        path: /^\/repos\/octo\/models\/branches\/main$/,
        answer: () => ({ status: 200, body: { name: "main", protected: mainIsProtected } }),
      },
    ]);
    commands = new WarmCommands(repository);
  });
  after(async () => {
    commands.stop();
    rmSync(folder, { recursive: true });
    await server[Symbol.asyncDispose]();
  });

  async function run(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}, of: object = {}) {
    const file = join(folder, "outputs.json");
    writeFileSync(file, JSON.stringify({ ...outputs, ...of }));
    server.requests.length = 0;
    const all = ["--repo", "octo/models", "--environment", "dev", "--stack", "dev", "--outputs", file, ...args];
    const own = { GITHUB_API_URL: server.url, GH_TOKEN: tokens.writer, PULUMI_CONFIG_PASSPHRASE: "", ...env };
    const { code, output } = await commands.run("github-environment", all, { ...process.env, ...own });
    const writes = server.requests.filter((request) => !request.startsWith("GET"));
    return { code, output, writes };
  }

  it("says with --dry-run what it would do, and does nothing", async () => {
    const { code, output, writes } = await run(["--dry-run", "--preview"], { PULUMI_CONFIG_PASSPHRASE: "open sesame" });
    assert.equal(code, 0, output);
    assert.deepEqual(writes, []);
    assert.match(output, /^ {2}would create the environment dev$/m);
    assert.match(output, /^ {2}would create the variable AWS_DEPLOY_ROLE_ARN = arn:\S+ of the environment dev$/m);
    assert.match(output, /^ {2}would create the variable ENVIRONMENTS = \["dev"\] of the repository$/m);
    assert.doesNotMatch(output, /open sesame/);
  });

  it("creates the environment with the template's variables, seals the secret, and says what is left", async () => {
    const { code, output } = await run(["--preview"], { PULUMI_CONFIG_PASSPHRASE: "open sesame" });
    assert.equal(code, 0, output);
    const own = environments.byName.get("dev");
    assert.deepEqual(Object.fromEntries(own?.variables ?? []), {
      AWS_REGION: "eu-central-1",
      PULUMI_STACK: "dev",
      PULUMI_BACKEND_URL: "s3://state",
      AWS_DEPLOY_ROLE_ARN: role("deploy"),
      ARTIFACT_BUCKET: "training-dev",
      AWS_DEV_ACCOUNT_NUMBER: "111111111111",
      SAGEMAKER_PIPELINE_ROLE_ARN: role("execution"),
      SAGEMAKER_PROJECT_ID: "p-1",
      SAGEMAKER_PROJECT_NAME: "churn",
      SAGEMAKER_PROJECT_NAME_ID: "churn-p-1",
    });
    assert.deepEqual(Object.fromEntries(environments.byName.get("dev-drift")?.variables ?? []), {
      AWS_REGION: "eu-central-1",
      PULUMI_STACK: "dev",
      PULUMI_BACKEND_URL: "s3://state",
      AWS_DRIFT_ROLE_ARN: role("drift"),
    });
    const shared = environments.repository;
    assert.equal(shared.variables.get("AWS_PREVIEW_ROLE_ARN"), role("preview"));
    assert.equal(shared.variables.get("ENVIRONMENTS"), '["dev"]');
    for (const place of [own, environments.byName.get("dev-drift"), shared]) {
      const sealed = sodium.from_base64(
        place?.secrets.get("PULUMI_CONFIG_PASSPHRASE") ?? "",
        sodium.base64_variants.ORIGINAL,
      );
      const opened = sodium.crypto_box_seal_open(sealed, keys.publicKey, keys.privateKey);
      assert.equal(Buffer.from(opened).toString(), "open sesame");
    }
    assert.match(output, /^Left for you \(https:\/\/github\.com\/octo\/models\/settings\/environments\):$/m);
    assert.match(output, /Let only the branch main deploy\. Now every branch may\./);
    assert.match(output, /Require a reviewer before the environment dev deploys/);
    assert.match(output, /In the environment dev-drift: Let only the branch main deploy\. Now every branch may\./);
    assert.match(output, /Protect the branch main/);
  });

  it("writes nothing the second time, keeps the rules of a person, and says when none is missing", async () => {
    Object.assign(environments.byName.get("dev") ?? {}, { reviewers: [{ type: "User" }], branches: ["main"] });
    const unattended = environments.byName.get("dev-drift");
    Object.assign(unattended ?? {}, { reviewers: [{ type: "User" }], branches: ["main"] });
    mainIsProtected = true;
    assert.match((await run(["--preview"])).output, /Remove the reviewers of the environment dev-drift, /);
    Object.assign(unattended ?? {}, { reviewers: [] });
    const { code, output, writes } = await run(["--preview"]);
    assert.deepEqual([code, writes], [0, []], output);
    assert.match(output, /^The branch main is protected, and the environment dev has its rules\.$/m);
    assert.equal(environments.byName.get("dev")?.reviewers.length, 1);
  });

  it("updates what changed, and names a secret that is missing", async () => {
    environments.byName.get("dev")?.secrets.clear();
    const { code, output, writes } = await run([], {}, { region: "eu-west-1" });
    assert.equal(code, 0, output);
    assert.deepEqual(writes, [
      "PATCH /repos/octo/models/environments/dev/variables/AWS_REGION",
      "PATCH /repos/octo/models/environments/dev-drift/variables/AWS_REGION",
    ]);
    assert.match(output, /Set PULUMI_CONFIG_PASSPHRASE and run this again, unless a KMS key/);
  });

  it("keeps the environments in the order in which a commit goes through them", async () => {
    for (const environment of ["production", "staging"])
      await run(["--environment", environment], {}, { github: { ...outputs.github, environment } });
    assert.equal(environments.repository.variables.get("ENVIRONMENTS"), '["dev","staging","production"]');
  });

  it("turns dev stacks on only when their environment has a reviewer, and off when they are not configured", async () => {
    const listed = () => environments.repository.variables.get("DEV_STACK_ENVIRONMENTS");
    const first = await run([], {}, withDevStacks);
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /Require a reviewer before the environment dev-devstacks deploys, and run this again/);
    assert.equal(listed(), undefined);
    for (const name of ["dev-devstacks", "dev-devstacks-clean"])
      assert.deepEqual(Object.fromEntries(environments.byName.get(name)?.variables ?? []), {
        AWS_REGION: "eu-central-1",
        AWS_DEV_ACCOUNT_NUMBER: "111111111111",
        AWS_PERMISSIONS_BOUNDARY_ARN: "arn:aws:iam::111111111111:policy/boundary",
        AWS_DEV_STACK_ROLE_ARN: role("devstacks"),
        PULUMI_BACKEND_URL: "s3://state/devstacks",
      });
    Object.assign(environments.byName.get("dev-devstacks") ?? {}, { reviewers: [{ type: "User" }] });
    await run([], {}, withDevStacks);
    assert.equal(listed(), '["dev"]');
    await run();
    assert.equal(listed(), "[]");
  });

  const other = (key: string, value: string) => ({ github: { ...outputs.github, [key]: value } });
  const wrong: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv, object, number, RegExp])[] = [
    [
      "another repository's number",
      [],
      {},
      other("repositoryId", "1"),
      2,
      /trusts github\.repositoryId 1, but .* 456:/,
    ],
    ["another environment", [], {}, other("environment", "staging"), 2, /--path github\.environment dev, run pulumi/],
    ["a stack without access for GitHub", [], {}, { github: null }, 2, /has no configuration github\.repository/],
    ["an unknown environment", ["--environment", "test"], {}, {}, 2, /--environment takes dev, staging, production/],
    ["a token that cannot write", [], { GH_TOKEN: tokens.reader }, { region: "us-east-2" }, 6, /403: Resource not/],
    ["a token that GitHub does not know", [], { GH_TOKEN: "old" }, {}, 6, /401: .*give a valid token in GH_TOKEN/],
  ];
  for (const [what, args, env, of, code, message] of wrong)
    it(`ends with ${code} and one line for ${what}`, async () => {
      const ended = await run(args, env, of);
      assert.equal(ended.code, code, ended.output);
      assert.match(ended.output, message);
    });

  it("makes no environment for the comparison if an older program deployed the stack, without the role for it", async () => {
    environments.byName.delete("dev-drift");
    const { drift: _, ...githubRoleArns } = outputs.githubRoleArns ?? { preview: "", deploy: "" };
    const { code, output } = await run([], {}, { githubRoleArns });
    assert.equal(code, 0, output);
    assert.ok(!environments.byName.has("dev-drift"));
  });

  it("sets every variable and secret that the workflows read", () => {
    const of = workflowStack("dev", outputs);
    const values = { ...environmentVariables(of), ...previewVariables(of) };
    const beside = besideEnvironments(workflowStack("dev", { ...outputs, ...withDevStacks }));
    const set = new Set([...Object.keys(values), ...beside.flatMap(({ variables }) => Object.keys(variables))]);
    for (const list of ["ENVIRONMENTS", "DEV_STACK_ENVIRONMENTS"]) set.add(list);
    const workflows = join(repository, ".github", "workflows");
    const read = readdirSync(workflows).flatMap((file) => [
      ...readFileSync(join(workflows, file), "utf8").matchAll(/\b(vars|secrets)\.(\w+)/g),
    ]);
    assert.ok(read.length > 0);
    for (const [, kind, name = ""] of read)
      assert.ok(kind === "vars" ? set.has(name) : (workflowSecrets as readonly string[]).includes(name), name);
  });
});
