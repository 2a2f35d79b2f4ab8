import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { extract } from "tar";
import { sourceFolder } from "#language";
import { sourceArchive } from "../../infra/source-archive.ts";

describe("sourceArchive", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "source-"));
    mkdirSync(join(folder, "program", "package"), { recursive: true });
    mkdirSync(join(folder, "program", "__pycache__"));
    writeFileSync(join(folder, "program", "train.py"), "import package\n");
    writeFileSync(join(folder, "program", "package", "__init__.py"), "é\n");
    writeFileSync(join(folder, "program", "__pycache__", "train.pyc"), "x");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const archive = () => {
    const asset = sourceFolder(pathToFileURL(`${folder}/program/`), { bucket: "b", prefix: "p" });
    return sourceArchive(asset, `${folder}/archives/`);
  };

  it("contains the folder's files without __pycache__", () => {
    const file = archive();
    mkdirSync(join(folder, "out"));
    const seen: string[] = [];
    extract({ file, cwd: join(folder, "out"), sync: true, onReadEntry: ({ path }) => seen.push(path) });
    assert.deepEqual(seen, ["package/__init__.py", "train.py"]);
    assert.equal(readFileSync(join(folder, "out", "package", "__init__.py"), "utf8"), "é\n");
  });

  it("returns the same bytes if only times and permissions of the files changed", () => {
    const first = readFileSync(archive());
    utimesSync(join(folder, "program", "train.py"), 1, 1);
    chmodSync(join(folder, "program", "train.py"), 0o600);
    assert.deepEqual(readFileSync(archive()), first);
  });

  it("returns another path when a file's content or executable bit changes", () => {
    const before = archive();
    writeFileSync(join(folder, "program", "train.py"), "import other\n");
    assert.notEqual(archive(), before);
    const changed = archive();
    chmodSync(join(folder, "program", "train.py"), 0o755);
    assert.notEqual(archive(), changed);
  });
});
