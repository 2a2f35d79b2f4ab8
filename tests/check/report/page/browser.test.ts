import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { Report } from "../../../../check/report/content/report.ts";
import { reportPage } from "../../../../check/report/page/page.ts";
import { drawFigures } from "../../../../check/report/plots/draw-figures.ts";
import { chromiumPath, startChromium } from "../chromium.ts";
import { classificationReport, errorReport, exampleReport, hostileReport } from "../example-report.ts";

const probes = readFileSync(new URL("probes.js", import.meta.url), "utf8");

/** Asks the page one of the questions in probes.js. */
function ask<T>(page: Page, question: string): Promise<T> {
  return page.evaluate(`${probes}\nprobes.${question}()`);
}

const schemes = ["light", "dark"] as const;
const [phone, desk] = [360, 1200];

/** Training curves that run close to each other, or through the places of the names. */
const curves = {
  steep: { "train-rmse": [3, 2, 1.2, 1], "validation-rmse": [3.1, 2.1, 1.3, 1.05] },
  flat: { "train-rmse": [0.3, 0.3, 0.3], "validation-rmse": [0.3, 0.3, 0.3] },
  zero: { "train-error": [0, 0, 0] },
  "many of them": {
    "train-rmse": [3, 1],
    "train-mae": [3.1, 1.1],
    "validation-rmse": [3.2, 1.2],
    "validation-mae": [3.3, 1],
  },
} as const;

function trained(curvesByName: Readonly<Record<string, readonly number[]>>): Report {
  const named = Object.entries(curvesByName).map(([name, values]) => ({ name, values }));
  const rounds = named[0]?.values.map((_, index) => index) ?? [];
  return { ...errorReport, training: { rounds, curves: named } };
}

describe("report.html, in a browser", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  let browser: Browser | undefined;
  let page: Page;
  /** The content of the page, and its console messages and requests since it was loaded. */
  let shown = "";
  const heard: string[] = [];

  before(async function () {
    const path = chromiumPath();
    if (path === undefined) {
      console.log("    (there is no Chromium to look at the page with: apt-get install chromium)");
      this.skip();
    }
    const reports = {
      whole: exampleReport,
      classification: classificationReport,
      hostile: hostileReport(),
      error: errorReport,
      ...Object.fromEntries(Object.entries(curves).map(([name, values]) => [name, trained(values)])),
    };
    for (const [name, report] of Object.entries(reports)) {
      const { report: whole, figures } = await drawFigures(report);
      writeFileSync(join(folder, `${name}.html`), reportPage(whole, figures));
    }
    browser = await startChromium(path);
    page = await browser.newPage();
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(error.message));
    page.on("dialog", (dialog) => heard.push(dialog.message()));
    page.on("request", (request) => request.url() !== address(shown) && heard.push(request.url()));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const address = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;

  /** Shows a report. Tests of the same report follow each other, because loading takes most of the time. */
  async function open(name: string, colorScheme: (typeof schemes)[number], width: number): Promise<void> {
    const viewport = { width, height: 740 };
    const isShown = shown === name && page.viewportSize()?.width === width;
    await page.emulateMedia({ colorScheme });
    if (isShown) return;
    shown = name;
    heard.length = 0;
    await page.setViewportSize(viewport);
    await page.goto(address(name), { waitUntil: "load" });
  }

  for (const name of ["hostile", "error", "classification", "whole"])
    for (const scheme of schemes)
      it(`makes no request, logs no error, and fits on a phone: ${name}, ${scheme}`, async () => {
        await open(name, scheme, phone);
        assert.deepEqual(await ask(page, "widths"), [phone, phone]);
        assert.deepEqual(heard, []);
      });

  for (const [scheme, ground] of [
    ["light", "rgb(255, 255, 255)"],
    ["dark", "rgb(20, 24, 29)"],
  ] as const)
    it(`has enough contrast in the ${scheme} scheme: text 4.5 to 1, shapes 3 to 1`, async () => {
      await open("whole", scheme, phone);
      assert.equal(await ask(page, "ground"), ground);
      const contrasts = await ask<{ kind: "text" | "shape"; contrast: number }[]>(page, "contrasts");
      for (const kind of ["text", "shape"]) assert.ok(contrasts.filter((one) => one.kind === kind).length > 100, kind);
      assert.deepEqual(
        contrasts.filter(({ kind, contrast }) => contrast < (kind === "text" ? 4.5 : 3)),
        [],
      );
    });

  it("gives a screen reader the name and the description of each picture", async () => {
    await open("whole", "light", phone);
    const pictures = await ask<{ name: string; description: string }[]>(page, "pictures");
    assert.equal(pictures.length, 8);
    for (const { name, description } of pictures) {
      const image = page.getByRole("img", { name, exact: true });
      assert.equal(await image.count(), 1, `one picture named ${name}`);
      assert.ok(description.length > 40, `${name}: ${description}`);
    }
  });

  it("has no letters below 9 pixels in its pictures on a phone", async () => {
    await open("whole", "light", phone);
    const letters = await ask<{ text: string; size: number }[]>(page, "letters");
    assert.ok(letters.length > 80, `${letters.length} texts`);
    assert.deepEqual(
      letters.filter(({ size }) => size < 9),
      [],
    );
  });

  it("shows differences by dashes and shapes, not only by colour", async () => {
    await open("whole", "light", phone);
    assert.deepEqual(await ask(page, "looks"), { curves: 2, errors: 2, lines: 3, shapes: 3 });
  });

  for (const name of ["whole", "classification"]) {
    it(`has no overlapping letters in a picture: ${name}`, async () => {
      await open(name, "light", phone);
      assert.deepEqual(await ask(page, "lettersOnLetters"), []);
    });

    it(`draws each difference between its name and its margin: ${name}`, async () => {
      await open(name, "light", phone);
      assert.deepEqual(await ask(page, "differenceRows"), [
        { words: ["to the baseline", "margin"], intervals: 1 },
        { words: ["to the best approved", "margin"], intervals: 1 },
      ]);
    });
  }

  for (const name of [...Object.keys(curves), "whole"])
    it(`has no training curve through the letters of its picture: ${name}`, async () => {
      await open(name, "light", phone);
      assert.equal(await page.locator("#training-curve svg").count(), 1);
      assert.deepEqual(await ask(page, "lettersOnCurves"), []);
      assert.deepEqual(await ask(page, "lettersOnLetters"), []);
    });

  it("keeps the letters of the graph inside their boxes", async () => {
    await open("whole", "light", desk);
    assert.deepEqual(await ask(page, "lettersOutsideOfBoxes"), []);
  });
});
