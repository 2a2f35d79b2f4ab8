/** A mistake to plant into a copy of a workflow: a replacement, and the rule or audit that reports it. */
export interface PlantedMistake {
  readonly what: string;
  readonly file:
    | "train.yml"
    | "train-environment.yml"
    | "preview.yml"
    | "ci.yml"
    | "comment-fork.yml"
    | "drift.yml"
    | "dev-stack.yml"
    | "dev-stack-clean.yml";
  readonly from: string | RegExp;
  readonly to: string;
  /** The message of this repository's own rules, if they report it. */
  readonly rule?: RegExp;
  /** The zizmor audit that reports it. */
  readonly audit?: string;
}

/** Returns a workflow expression. */
const expression = (text: string) => `\${{ ${text} }}`;

export const plantedMistakes: readonly PlantedMistake[] = [
  {
    what: "an action pinned to a tag in place of a commit",
    file: "train-environment.yml",
    from: /checkout@\w{40} # v[\d.]+/,
    to: "checkout@v6",
    rule: /checkout@v6 is not pinned to a commit/,
    audit: "unpinned-uses",
  },
  {
    what: "an action pinned to a commit without its version in a comment",
    file: "train-environment.yml",
    from: /(?<=checkout@\w{40}) # v[\d.]+/,
    to: "",
    rule: /no commit with its version in a comment: uses: actions\/checkout/,
  },
  {
    what: "the title of a pull request in a script",
    file: "ci.yml",
    from: "exec npm test",
    to: `echo "${expression("github.event.pull_request.title")}"`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a variable's expression in a script",
    file: "train-environment.yml",
    from: '"$PULUMI_STACK" --yes',
    to: `${expression("vars.PULUMI_STACK")} --yes`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a secret's expression in a script",
    file: "train-environment.yml",
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
    rule: /permissions are granted to all jobs/,
    audit: "excessive-permissions",
  },
  {
    what: "all permissions for a job",
    file: "preview.yml",
    from: /permissions:\n {6}contents: read # to check out, .*\n {6}pull-requests: write # to comment/,
    to: "permissions: write-all",
    rule: /comment: its permissions are not listed one by one/,
    audit: "excessive-permissions",
  },
  {
    what: "the trigger pull_request_target",
    file: "preview.yml",
    from: "  pull_request:\n",
    to: "  pull_request_target:\n",
    rule: /pull_request_target runs with the permissions/,
    audit: "dangerous-triggers",
  },
  {
    what: "a checkout that leaves its credentials on the disk",
    file: "preview.yml",
    from: "persist-credentials: false",
    to: "persist-credentials: true",
    rule: /a checkout leaves its credentials/,
    audit: "artipacked",
  },
  {
    what: "a secret in the environment of all steps",
    file: "train-environment.yml",
    from: "    env: &env\n",
    to: `    env: &env\n      TOKEN: ${expression("secrets.TOKEN")}\n`,
    rule: /a secret is in the environment of all steps/,
  },
  {
    what: "a long-lived access key",
    file: "train-environment.yml",
    from: "role-to-assume:",
    to: `aws-access-key-id: ${expression("secrets.KEY")}\n          role-to-assume:`,
    rule: /a long-lived access key is in use/,
  },
  {
    what: "the permission id-token in a job that assumes no role",
    file: "preview.yml",
    from: "pull-requests: write # to comment",
    to: "id-token: write # to nothing",
    rule: /comment: id-token and the assumed role need each other/,
  },
  {
    what: "a job that assumes a role without the permission id-token",
    file: "train-environment.yml",
    from: "      id-token: write # to assume the deploying role\n",
    to: "",
    rule: /id-token and the assumed role need each other/,
  },
  {
    what: "the pull request's own commit in the job that can comment",
    file: "preview.yml",
    from: `ref: ${expression("github.event.pull_request.base.sha")}`,
    to: `ref: ${expression("github.event.pull_request.head.sha")}`,
    rule: /comment: it checks out the pull request's code although it can write comments/,
  },
  {
    what: "a checkout in the workflow that runs for forks",
    file: "comment-fork.yml",
    from: "      - name: Comment on the pull request\n",
    to: `      - uses: actions/checkout@${"a".repeat(40)} # v1.0.0\n        with: { persist-credentials: false }\n      - name: Comment on the pull request\n`,
    rule: /comment: it checks out code although it runs for forks/,
  },
  {
    what: "a branch's name of a fork in a script",
    file: "comment-fork.yml",
    from: 'cd "$RUNNER_TEMP"',
    to: `cd "$RUNNER_TEMP"; echo ${expression("github.event.workflow_run.head_branch")}`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a checkout of the pull request in the job that can comment",
    file: "preview.yml",
    from: "      id-token: write # to assume the reading role\n",
    to: "      id-token: write # to assume the reading role\n      pull-requests: write # to comment\n",
    rule: /preview: it checks out the pull request's code although it can write comments/,
  },
  {
    what: "a deploy on pull requests",
    file: "train.yml",
    from: "  push:\n    branches: [main]",
    to: "  pull_request:",
    rule: /it deploys on other events/,
  },
  {
    what: "a deploy of every branch",
    file: "train.yml",
    from: "  push:\n    branches: [main]",
    to: "  push:",
    rule: /it deploys on other events/,
  },
  {
    what: "a manual deploy of another branch",
    file: "train.yml",
    from: "github.ref == 'refs/heads/main' &&",
    to: "",
    rule: /dev: it deploys other branches than main/,
  },
  {
    what: "a call of another repository's workflow",
    file: "train.yml",
    from: "uses: ./.github/workflows/train-environment.yml",
    to: `uses: octo/flows/.github/workflows/deploy.yml@${"a".repeat(40)} # v1.0.0`,
    rule: /dev: it calls a workflow of another repository/,
  },
  {
    what: "a deploy job without an environment",
    file: "train-environment.yml",
    from: / {4}environment: (?:&environment\n.*\n.*\n.*|\*environment)\n/g,
    to: "",
    rule: /it deploys without an environment/,
  },
  {
    what: "a deploy that a newer one cancels",
    file: "train.yml",
    from: "cancel-in-progress: false",
    to: "cancel-in-progress: true",
    rule: /a newer run can cancel the deploy/,
  },
  {
    what: "a workflow without a concurrency group",
    file: "preview.yml",
    from: /concurrency:\n.*\n.*\n/,
    to: "",
    rule: /there is no concurrency group/,
    audit: "concurrency-limits",
  },
  {
    what: "a job without a timeout",
    file: "train-environment.yml",
    from: "    timeout-minutes: 300\n",
    to: "",
    rule: /train: it has no timeout/,
  },
  {
    what: "an npm script that does not exist",
    file: "train-environment.yml",
    from: "run -s check-stack",
    to: "run -s check-stick",
    rule: /there is no npm script check-stick/,
  },
  {
    what: "a job with access to AWS that can write issues",
    file: "drift.yml",
    from: "      id-token: write # to assume the reading role\n",
    to: "      id-token: write # to assume the reading role\n      issues: write # to open an issue\n",
    rule: /compare: it can write to GitHub although it has access to AWS/,
  },
  {
    what: "a value of the matrix in a script",
    file: "drift.yml",
    from: '"$RUNNER_TEMP/drift-$PULUMI_STACK.json"',
    to: `"drift-${expression("matrix.environment")}.json"`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a dev stack whose job can comment",
    file: "dev-stack.yml",
    from: "id-token: write # to assume the role of dev stacks\n",
    to: "id-token: write # to assume the role of dev stacks\n      pull-requests: write # to comment\n",
    rule: /stack: it can write to GitHub although it has access to AWS/,
  },
  {
    what: "the name of a label in a script",
    file: "dev-stack.yml",
    from: /"\$\{ACTION#dev-stack-\}"/,
    to: `"${expression("github.event.label.name")}"`,
    rule: /an expression is in a script/,
    audit: "template-injection",
  },
  {
    what: "a clean-up that checks out the commit of the run that started it",
    file: "dev-stack-clean.yml",
    from: "          persist-credentials: false\n",
    to: `          persist-credentials: false\n          ref: ${expression("github.event.workflow_run.head_sha")}\n`,
    rule: /workflow_run runs with the permissions of the repository/,
  },
  {
    what: "a clean-up whose token can write",
    file: "dev-stack-clean.yml",
    from: "pull-requests: read # to find",
    to: "pull-requests: write # to find",
    rule: /workflow_run runs with the permissions of the repository/,
  },
];
