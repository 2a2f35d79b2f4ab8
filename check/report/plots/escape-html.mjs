// This is plain JavaScript, because the launcher needs it before anything is installed.
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Escapes a text for an element or a quoted attribute. Removes control characters, which HTML forbids, and marks that
 * change the direction of the text after them.
 * Source: https://html.spec.whatwg.org/multipage/syntax.html#text-2
 */
export function escapeHtml(text) {
  return text.replaceAll(/[^\P{C}\n\t]/gu, "").replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
