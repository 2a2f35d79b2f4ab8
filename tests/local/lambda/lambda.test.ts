import assert from "node:assert/strict";
import { runPython } from "../clients/python-program.ts";
import { definition, prelude, scriptStep } from "../definitions.ts";
import { createPipeline, put, run } from "../local-aws.ts";
import { pythons } from "../pythons.ts";
import { restartLocalAws, useLocalAws } from "../use-local-aws.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("Lambda functions", function () {
  this.timeout(180_000);
  const aws = useLocalAws();
  let seen: Readonly<Record<string, unknown>>;

  before(async () => {
    const { moto: python } = await pythons();
    const options = { python, file: "../lambda/lifecycle.py", args: [], url: aws.url, folder: aws.state };
    seen = JSON.parse(await runPython(options));
  });

  it("run with their environment, their context and the endpoint as AWS, and can be changed", () => {
    assert.equal(seen["arn"], arn("double"));
    const answer = { twice: 42, stage: "test", name: "double", buckets: ["test-bucket"], left: true };
    assert.deepEqual(seen["double"], [200, null, answer]);
    assert.deepEqual(seen["updated"], [200, null, "new"]);
    assert.deepEqual(seen["node"], [200, null, { sum: 3, by: "node" }]);
    assert.equal(seen["timeout"], 5);
  });

  it("answer errors and timeouts as Lambda's runtimes do, and write logs", () => {
    const [status, kind, error] = seen["broken"] as [number, string, Record<string, unknown>];
    assert.deepEqual(
      [status, kind, error["errorType"], error["errorMessage"]],
      [200, "Unhandled", "KeyError", "'model'"],
    );
    const [, { errorMessage }] = seen["slow"] as [string, { errorMessage: string }];
    assert.match(errorMessage, /Task timed out after 1\.00 seconds$/);
    const [, , missing] = seen["missing"] as [number, string, Record<string, unknown>];
    assert.match(
      String(missing["errorMessage"]),
      /^Unable to import module 'index': No module named 'no_such_module'$/,
    );
    assert.deepEqual([seen["logged"], seen["log"]], [true, true]);
  });

  it("exist once by their name, are listed, and are gone when they are deleted", () => {
    assert.equal(seen["again"], "ResourceConflictException");
    assert.deepEqual(seen["listed"], ["broken", "double", "missing", "node", "slow"]);
    assert.equal(seen["gone"], "ResourceNotFoundException");
  });

  const step = (Name: string, fn: string, outputs: readonly object[], more: object = {}) => ({
    ...{ Name, Type: "Lambda", FunctionArn: arn(fn), OutputParameters: outputs },
    Arguments: { x: { Get: "Parameters.X" } },
    ...more,
  });
  const x = { Name: "X", Type: "Integer", DefaultValue: 4 };

  it("give a pipeline's steps their typed outputs, also after a restart, and from the step cache", async () => {
    const text = `${prelude}\nreport(got=sys.argv[1:])\n`;
    const code = await put(aws, "code/lambda/read.py", text);
    const program =
      "def handler(event, context):\n    return {'n': event['x'] + 1, 'who': 'me', 'ok': True, 'part': 0.5}\n";
    await createFunction("next", program);
    const outputs = [
      { OutputName: "n", OutputType: "Integer" },
      { OutputName: "who", OutputType: "String" },
      { OutputName: "ok", OutputType: "Boolean" },
      { OutputName: "part", OutputType: "Float" },
    ];
    const value = (name: string) => ({
      "Std:Join": { On: "", Values: [{ Get: `Steps.Next.OutputParameters['${name}']` }] },
    });
    const steps = [
      step("Next", "next", outputs, { CacheConfig: { Enabled: true } }),
      scriptStep({ name: "Read", code, arguments: ["n", "who", "ok", "part"].map(value) }),
      {
        Name: "Check",
        Type: "Condition",
        Arguments: {
          Conditions: [{ Type: "Equals", LeftValue: { Get: "Steps.Next.OutputParameters['n']" }, RightValue: 5 }],
          IfSteps: [],
          ElseSteps: [],
        },
      },
    ];
    await createPipeline(aws, "Functions", definition(steps, [x]));
    await restartLocalAws(aws);
    const first = await run(aws, "Functions");
    assert.equal(first.status, "Succeeded", JSON.stringify(first.steps));
    assert.deepEqual(first.steps["Next"]?.Metadata?.Lambda?.OutputParameters?.[0], { Name: "n", Value: "5" });
    assert.equal(first.steps["Check"]?.Metadata?.Condition?.Outcome, "True");
    const second = await run(aws, "Functions");
    assert.equal(second.steps["Next"]?.CacheHitResult?.SourcePipelineExecutionArn, first.arn);
  });

  async function createFunction(name: string, text: string): Promise<void> {
    const { moto: python } = await pythons();
    await runPython({ python, file: "../lambda/create.py", args: [name, text], url: aws.url, folder: aws.state });
  }

  const failures: readonly (readonly [string, object, RegExp])[] = [
    ["raises", step("S", "broken", []), /^ClientError: The Lambda function \S+:broken returned an error: .*KeyError/],
    ["does not exist", step("S", "nobody", []), /Function not found: \S+:nobody/],
    [
      "answers without a declared output",
      step("S", "double", [{ OutputName: "n", OutputType: "Integer" }]),
      /has no output parameter n, which the step declares/,
    ],
    [
      "answers with an output of another type",
      step("S", "next", [{ OutputName: "who", OutputType: "Integer" }]),
      /output parameter who of \S+ is not of the type Integer: "me"/,
    ],
  ];
  failures.forEach(([what, failing, reason], index) => {
    it(`fail a step whose function ${what}`, async () => {
      await createPipeline(aws, `Failing${index}`, definition([failing], [x]));
      const { status, steps } = await run(aws, `Failing${index}`);
      assert.equal(status, "Failed");
      assert.match(steps["S"]?.FailureReason ?? "", reason);
    });
  });
});
