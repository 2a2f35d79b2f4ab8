/** A mistake in a copy of a workflow: what stands there in place of what, and who finds it. */
export interface PlantedMistake {
  readonly what: string;
  readonly file: "train.yml" | "preview.yml";
  readonly from: string | RegExp;
  readonly to: string;
  /** What this repository's own rules say of it. */
  readonly rule?: RegExp;
  /** The audit of zizmor that finds it. */
  readonly audit?: string;
}

/** An expression of a workflow. */
const expression = (text: string) => `\${{ ${text} }}`;

export const plantedMistakes: readonly PlantedMistake[] = [
  {
    what: "a tag in place of a commit",
    file: "train.yml",
    from: /checkout@\w{40} # v[\d.]+/,
    to: "checkout@v6",
    rule: /checkout@v6 is not pinned to a commit/,
    audit: "unpinned-uses",
  },
  {
    what: "a commit whose version nobody can see",
    file: "train.yml",
    from: /(?<=checkout@\w{40}) # v[\d.]+/,
    to: "",
    rule: /no commit with its version: - uses: actions\/checkout/,
  },
  {
    what: "the title of a pull request in a script",
    file: "preview.yml",
    from: "exec npm test",
    to: `echo "${expression("github.event.pull_request.title")}"`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a variable in a script",
    file: "train.yml",
    from: '"$PULUMI_STACK" --yes',
    to: `${expression("vars.PULUMI_STACK")} --yes`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a secret in a script",
    file: "train.yml",
    from: "run: npm ci",
    to: `run: TOKEN=${expression("secrets.TOKEN")} npm ci`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "all permissions for all jobs",
    file: "train.yml",
    from: "permissions: {}",
    to: "permissions: write-all",
    rule: /the workflow has permissions of its own/,
    audit: "excessive-permissions",
  },
  {
    what: "all permissions for a job",
    file: "preview.yml",
    from: "permissions:\n      pull-requests: write # to comment",
    to: "permissions: write-all",
    rule: /comment: its permissions are not named one by one/,
    audit: "excessive-permissions",
  },
  {
    what: "pull requests with the rights of the repository",
    file: "preview.yml",
    from: "  pull_request:\n",
    to: "  pull_request_target:\n",
    rule: /pull_request_target runs with the rights/,
    audit: "dangerous-triggers",
  },
  {
    what: "credentials left on the disk",
    file: "preview.yml",
    from: "persist-credentials: false",
    to: "persist-credentials: true",
    rule: /a checkout leaves its credentials/,
    audit: "artipacked",
  },
  {
    what: "a secret for all steps",
    file: "train.yml",
    from: "    env:\n      PULUMI_STACK",
    to: `    env:\n      TOKEN: ${expression("secrets.TOKEN")}\n      PULUMI_STACK`,
    rule: /all of its steps see a secret/,
  },
  {
    what: "a key that lasts",
    file: "train.yml",
    from: "role-to-assume:",
    to: `aws-access-key-id: ${expression("secrets.KEY")}\n          role-to-assume:`,
    rule: /a key that lasts/,
  },
  {
    what: "a token without a role to assume",
    file: "preview.yml",
    from: "pull-requests: write # to comment",
    to: "id-token: write # to nothing",
    rule: /comment: it has a token and no role/,
  },
  {
    what: "a role to assume without a token",
    file: "train.yml",
    from: "      id-token: write # to assume the deploying role\n",
    to: "",
    rule: /a role and no token/,
  },
  {
    what: "code of the pull request where comments can be written",
    file: "preview.yml",
    from: "      id-token: write # to assume the reading role\n",
    to: "      id-token: write # to assume the reading role\n      pull-requests: write # to comment\n",
    rule: /preview: it runs code where it can write comments/,
  },
  {
    what: "a deployment of pull requests",
    file: "train.yml",
    from: "  push:\n    branches: [main]",
    to: "  pull_request:",
    rule: /it deploys on something else/,
  },
  {
    what: "a deployment of every branch",
    file: "train.yml",
    from: "  push:\n    branches: [main]",
    to: "  push:",
    rule: /it deploys on something else/,
  },
  {
    what: "a deployment outside of an environment",
    file: "train.yml",
    from: "    environment: production\n",
    to: "",
    rule: /it deploys outside of an environment/,
    audit: "secrets-outside-env",
  },
  {
    what: "a deployment that a newer one cuts off",
    file: "train.yml",
    from: "cancel-in-progress: false",
    to: "cancel-in-progress: true",
    rule: /a deployment can be cut off/,
  },
  {
    what: "runs side by side",
    file: "preview.yml",
    from: /concurrency:\n.*\n.*\n/,
    to: "",
    rule: /runs go on side by side/,
    audit: "concurrency-limits",
  },
  {
    what: "a job without an end",
    file: "train.yml",
    from: "    timeout-minutes: 300\n",
    to: "",
    rule: /train: it may take for ever/,
  },
  {
    what: "a command that there is not",
    file: "train.yml",
    from: "run -s check-stack",
    to: "run -s check-stick",
    rule: /there is no npm script check-stick/,
  },
];
