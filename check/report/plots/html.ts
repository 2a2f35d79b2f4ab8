import { escapeHtml } from "./escape-html.mjs";

/** A piece of HTML whose texts are escaped already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | undefined | readonly Html[];

function part(value: Part): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(({ text }) => text).join("") : escapeHtml(String(value));
}

/** A template of HTML: what is put in is text, and escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.map((text, index) => `${text}${index < values.length ? part(values[index]) : ""}`).join(""));
}
