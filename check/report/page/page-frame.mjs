// This is plain JavaScript, because the launcher needs it before anything is installed.
import { createHash } from "node:crypto";

/**
 * Returns a report page. Its content security policy allows only the page's own style and its empty icon, whatever the report quotes.
 * Source: https://www.w3.org/TR/CSP3/#directive-style-src
 *
 * @param title HTML
 * @param main HTML
 * @param style CSS; may be empty
 */
export function pageFrame(title, main, style = "") {
  const hash = createHash("sha256").update(style).digest("base64");
  const styleSource = style === "" ? "" : ` style-src 'sha256-${hash}';`;
  const styleElement = style === "" ? "" : `<style>${style}</style>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';${styleSource} img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
${styleElement}</head>
<body>
<main>
${main}</main>
</body>
</html>
`;
}
