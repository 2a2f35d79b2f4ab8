import { type Html, html } from "./html.ts";

/** A picture of the report, ready for the page. */
export interface Figure {
  /** The section that it stands in, and the beginning of its ids: `[a-z-]+`. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in sentences, for those who do not see it. */
  readonly description: string;
  readonly svg: Html;
}

export interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly content: Html;
}

/**
 * An SVG picture with a name and a description that screen readers read in place of its parts.
 * Source: https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd
 */
export function figure({ id, title, description, width, height, content }: Drawing): Figure {
  const [name, words] = [`${id}-title`, `${id}-description`];
  const svg = html`<svg role="img" aria-labelledby="${name}" aria-describedby="${words}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${name}">${title}</title><desc id="${words}">${description}</desc>${content}</svg>`;
  return { id, title, description, svg };
}
