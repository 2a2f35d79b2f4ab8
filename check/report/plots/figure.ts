import { type Html, html } from "./html.ts";

/** A picture of the report, ready for the page. */
export interface Figure {
  /** The id of the figure and the prefix of all ids in it: `[a-z-]+`. */
  readonly id: string;
  readonly title: string;
  /** A description in sentences, for people who cannot see the picture. */
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
 * Creates an SVG picture with a name and a description, which screen readers read instead of its parts.
 * Source: https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd
 */
export function figure({ id, title, description, width, height, content }: Drawing): Figure {
  const [name, words] = [`${id}-title`, `${id}-description`];
  const svg = html`<svg role="img" aria-labelledby="${name}" aria-describedby="${words}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${name}">${title}</title><desc id="${words}">${description}</desc>${content}</svg>`;
  return { id, title, description, svg };
}
