import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ExitError, exitCode } from "../../exit-code.ts";
import { parseOptions } from "../../scripts/command/options.ts";
import { runCommand } from "../../scripts/command/run-command.ts";
import { localFolders, repository } from "../../scripts/local-stack/folders.ts";
import { chromiumPath, startChromium } from "../../tests/check/report/chromium.ts";

const help = `
Takes the picture of README.md from the report of the latest npm start, with Debian's Chromium (apt-get install chromium).

  npm start && npm run pictures

The picture shows more after a second npm start with another model, such as one of another seed.
`;

const report = join(localFolders.report, "report.html");
const picture = join(repository, "docs", "pictures", "report.png");

/** Figures that stay in the picture: two rows of two. */
const shown = ["difference", "error-by-label", "training-curve", "model-history"];

/** The narrowest page with two pictures in a row, in CSS pixels; GitHub shows a README at about this width. */
const width = 900;

await runCommand(async () => {
  parseOptions(help, {});
  const chromium = chromiumPath();
  if (chromium === undefined) throw new ExitError(exitCode.usage, "There is no Chromium: apt-get install chromium.");
  if (!existsSync(report)) throw new ExitError(exitCode.usage, "There is no report: run npm start first.");
  const browser = await startChromium(chromium);
  try {
    const page = await browser.newPage({ viewport: { width, height: 400 }, colorScheme: "light", bypassCSP: true });
    await page.goto(pathToFileURL(report).href);
    const kept = [...shown.map((id) => `#${id}`), "section:has(.pictures figure + figure)"].join(", ");
    await page.addStyleTag({ content: `section:not(${kept}), figure:not(${kept}) { display: none }` });
    await page.screenshot({ path: picture, fullPage: true });
  } finally {
    await browser.close();
  }
  console.log(`${relative(process.cwd(), picture)}, ${Math.ceil(statSync(picture).size / 1000)} kB`);
  return exitCode.pass;
});
