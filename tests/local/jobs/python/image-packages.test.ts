import assert from "node:assert/strict";
import { definition, prelude, scriptStep } from "../../definitions.ts";
import { createPipeline, failures, put, run } from "../../local-aws.ts";
import { useLocalAws } from "../../use-local-aws.ts";

const host = "683313688378.dkr.ecr.us-east-1.amazonaws.com";

/** Returns a step that imports packages, and fails if the versions that it prints are not the expected ones. */
function importing(name: string, code: string, tag: string) {
  const step = scriptStep({ name, code });
  const { AppSpecification } = step.Arguments;
  return {
    ...step,
    Arguments: { ...step.Arguments, AppSpecification: { ...AppSpecification, ImageUri: `${host}/${tag}` } },
  };
}

describe("a job", function () {
  // The first run on a machine downloads the environments.
  this.timeout(300_000);
  const aws = useLocalAws();

  it("finds the packages of AWS's image, and installs the rarely used ones that its script names", async () => {
    const script = (name: string, lines: string) =>
      put(aws, `code/${name}/script.py`, `${prelude}\n${lines}\nreport(ok=1)\n`);
    const common = await script(
      "common",
      "import cryptography, flask, matplotlib, numpy, pandas, PIL, psutil, requests, sklearn, xgboost, yaml",
    );
    const rare = await script(
      "rare",
      `import pandas
pandas.DataFrame({"a": [1.5, 2.5]}).to_parquet("table.parquet")
assert pandas.read_parquet("table.parquet")["a"].sum() == 4`,
    );
    const old = await script(
      "old",
      `import sklearn, sys
from sklearn.ensemble import RandomForestRegressor
RandomForestRegressor(n_estimators=2).fit([[1], [2]], [1, 2])
expected = {"3.11": "1.2.1", "3.12": "1.3.2"}.get("%d.%d" % sys.version_info[:2], "1.5.2")
assert sklearn.__version__ == expected, sklearn.__version__`,
    );
    await createPipeline(
      aws,
      "Packages",
      definition([
        importing("Common", common, "sagemaker-xgboost:3.0-5"),
        importing("Rare", rare, "sagemaker-xgboost:1.7-1"),
        importing("Old", old, "sagemaker-scikit-learn:0.23-1-cpu-py3"),
      ]),
    );
    const ended = await run(aws, "Packages");
    assert.deepEqual(failures(ended), []);
    assert.equal(ended.status, "Succeeded");
  });
});
