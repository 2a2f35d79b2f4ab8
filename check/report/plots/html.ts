import { escapeHtml } from "./escape-html.mjs";

/** A piece of HTML whose texts are already escaped. */
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

/** Renders an HTML template. Escapes each inserted value unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.map((text, index) => `${text}${index < values.length ? part(values[index]) : ""}`).join(""));
}
