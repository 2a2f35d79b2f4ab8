import { prelude } from "../definitions.ts";
import { bucket } from "../local-aws.ts";

const equal = { Type: "Equals", LeftValue: 1, RightValue: 1 };
/** Returns a step that ends at once. */
export const instant = (Name: string, more: object = {}) => ({
  Name,
  Type: "Condition",
  Arguments: { Conditions: [equal], IfSteps: [], ElseSteps: [] },
  ...more,
});
/** Returns a step that fails. */
export const failing = (Name: string, more: object = {}) => ({
  Name,
  Type: "Fail",
  Arguments: { ErrorMessage: "no" },
  ...more,
});
/** Returns the dependencies of a step. */
export const following = (...DependsOn: readonly (string | { Step: string; Trigger: string })[]) => ({ DependsOn });

/** Returns a script that counts its starts on S3, and fails until the object `<name>/go` exists. */
export const untilGo = (name: string) => `${prelude}
count = 0
try:
    count = int(s3("GET", "${bucket}/${name}/runs").read())
except urllib.error.HTTPError:
    pass
s3("PUT", "${bucket}/${name}/runs", str(count + 1).encode())
try:
    s3("GET", "${bucket}/${name}/go")
except urllib.error.HTTPError:
    sys.exit("not yet")
report(runs=count + 1)
`;
