import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../local-aws.ts";
import { pythons } from "../../pythons.ts";

const folder = fileURLToPath(new URL("../../../../local/jobs/images/xgboost", import.meta.url));

const program = `
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from data import UserError, read_channel
def read(name, content_type, weighted):
    channel = {} if content_type is None else {"ContentType": content_type}
    try:
        matrix = read_channel(Path(sys.argv[2]) / name, channel, weighted)
    except UserError as error:
        return str(error)
    weights = matrix.get_weight().tolist()
    return [matrix.get_label().tolist(), matrix.get_data().toarray().tolist(), weights]
print(json.dumps([read(*each) for each in json.loads(sys.argv[3])]))
`;

/** A channel's data, its content type, whether it has weights, and the expected labels, rows and weights, or the error. */
const table: readonly [string, string, string | null, boolean, unknown][] = [
  [
    "CSV",
    "1,2,3\n4,5,6\n",
    "text/csv",
    false,
    [
      [1, 4],
      [
        [2, 3],
        [5, 6],
      ],
      [],
    ],
  ],
  ["CSV with the image's parameter", "1,2\n", "text/csv; label_size=1", false, [[1], [[2]], []]],
  [
    "CSV with semicolons",
    "1;2;3\n4;5;6\n",
    "csv",
    false,
    [
      [1, 4],
      [
        [2, 3],
        [5, 6],
      ],
      [],
    ],
  ],
  [
    "CSV with weights",
    "1,0.5,3\n4,2,6\n",
    "text/csv",
    true,
    [
      [1, 4],
      [[3], [6]],
      [0.5, 2],
    ],
  ],
  [
    "LIBSVM, the default",
    "1 0:2 1:3\n\n4 1:6\n",
    null,
    false,
    [
      [1, 4],
      [
        [2, 3],
        [0, 6],
      ],
      [],
    ],
  ],
  [
    "LIBSVM with weights",
    "1:0.5 0:2\n4 0:6\n",
    "text/x-libsvm",
    false,
    [
      [1, 4],
      [[2], [6]],
      [0.5, 1],
    ],
  ],
  [
    "an unsupported content type",
    "1,2\n",
    "text/html",
    false,
    "text/html is not an accepted ContentType: csv, libsvm, parquet, recordio-protobuf, text/csv, text/libsvm, text/x-libsvm, application/x-parquet, application/x-recordio-protobuf.",
  ],
  [
    "another label_size",
    "1,2\n",
    "text/csv;label_size=2",
    false,
    "text/csv;label_size=2 is not an accepted csv ContentType. Optional parameter label_size must be equal to 1",
  ],
  [
    "Parquet without pyarrow",
    "PAR1",
    "application/x-parquet",
    false,
    "Channel 8: Parquet needs pyarrow, which could not be installed; use text/csv, or a Python with pyarrow for this image (images.json)",
  ],
  [
    "RecordIO",
    "",
    "recordio-protobuf",
    false,
    "The content type recordio-protobuf does not run locally; use text/csv or text/libsvm",
  ],
];

describe("the channels of the XGBoost image", function () {
  this.timeout(120_000);
  let read: readonly unknown[];
  before(async () => {
    const root = await temporaryFolder();
    for (const [index, [, text]] of table.entries()) {
      await mkdir(join(root, String(index)));
      await writeFile(join(root, String(index), "part-0"), text);
      await writeFile(join(root, String(index), "_SUCCESS"), "not data");
    }
    const given = table.map(([, , type, weighted], index) => [String(index), type, weighted]);
    const { xgboost } = await pythons();
    read = JSON.parse(execFileSync(xgboost, ["-B", "-c", program, folder, root, JSON.stringify(given)]).toString());
    await rm(root, { recursive: true });
  });

  table.forEach(([what, , , , expected], index) => {
    it(`${typeof expected === "string" ? "reject" : "read"} ${what}`, () => assert.deepEqual(read[index], expected));
  });
});
