// What the tests ask the page in the browser. Plain JavaScript, sent as text, so that the rest of the repository does not
// get the names of a browser.
globalThis.probes = {
  widths: () => [document.documentElement.scrollWidth, innerWidth],

  ground: () => getComputedStyle(document.body).backgroundColor,

  /** Everything that is written or drawn in a colour, with WCAG 2.2's contrast ratio. Grid lines are meant to be faint. */
  contrasts() {
    const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour) => {
      const [red, green, blue] = channels(colour).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const valueOfVariable = (variable) => {
      const element = document.body.appendChild(document.createElement("i"));
      element.style.color = `var(${variable})`;
      const { color } = getComputedStyle(element);
      element.remove();
      return color;
    };
    const ground = luminance(getComputedStyle(document.body).backgroundColor);
    const faint = [valueOfVariable("--grid"), valueOfVariable("--ground")];
    const found = [];
    const add = (element, kind, colour) => {
      if (colour === "none" || channels(colour)[3] === 0 || faint.includes(colour)) return;
      const [high, low] = [luminance(colour), ground].sort((a, b) => b - a);
      const what = `${element.tagName} ${element.textContent.trim().slice(0, 30)} ${colour}`;
      found.push({ what, kind, contrast: (high + 0.05) / (low + 0.05) });
    };
    for (const element of document.querySelectorAll("main, main *")) {
      const style = getComputedStyle(element);
      if (element.closest("svg") === null) {
        if ([...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""))
          add(element, "text", style.color);
      } else if (element.tagName === "text") add(element, "text", style.fill);
      else if (["path", "rect", "line"].includes(element.tagName)) {
        add(element, "shape", style.fill);
        add(element, "shape", style.stroke);
      }
    }
    return found;
  },

  pictures: () =>
    [...document.querySelectorAll("svg")].map((svg) => ({
      name: svg.querySelector("title")?.textContent ?? "",
      description: document.getElementById(svg.getAttribute("aria-describedby") ?? "")?.textContent ?? "",
    })),

  /** The letters of pictures, and their height on the screen in pixels. */
  letters: () =>
    [...document.querySelectorAll("svg text")].map((text) => {
      const { a, b } = text.getScreenCTM();
      return { text: text.textContent, size: Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b) };
    }),

  lettersOutsideOfBoxes() {
    const boxes = [...document.querySelectorAll("#graph rect")].map((box) => box.getBoundingClientRect());
    return [...document.querySelectorAll("#graph text")]
      .filter(({ textContent }) => !["true", "false"].includes(textContent))
      .filter((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return !boxes.some((box) => left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom);
      })
      .map(({ textContent }) => textContent);
  },

  /** Texts of one picture that are on each other, without the edges that some have. */
  lettersOnLetters() {
    const found = [];
    for (const svg of document.querySelectorAll("svg")) {
      // What has an edge is written twice, at the same place.
      const texts = [...svg.querySelectorAll("text")].filter((text) => !text.getAttribute("stroke"));
      const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) {
          const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          // The box of a text has room for accents above and below that its letters do not need.
          if (width > 0 && height > 3) found.push(`${one.text} / ${other.text}`);
        }
    }
    return found;
  },

  /** The texts of the training curve that one of its lines runs through. */
  lettersOnCurves() {
    const points = [...document.querySelectorAll("#training-curve path[stroke-dasharray]")].flatMap((curve) =>
      Array.from({ length: 1001 }, (_, index) =>
        curve.getPointAtLength((curve.getTotalLength() * index) / 1000).matrixTransform(curve.getScreenCTM()),
      ),
    );
    return [...document.querySelectorAll("#training-curve text")]
      .filter((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return points.some(({ x, y }) => x > left && x < right && y > top && y < bottom);
      })
      .map(({ textContent }) => textContent);
  },

  /** For each margin in the picture of the differences what is beside its mark: the words, and how many intervals. */
  differenceRows() {
    const boxes = (selector) =>
      [...document.querySelectorAll(`#difference ${selector}`)].map((element) => {
        const { left, top, bottom } = element.getBoundingClientRect();
        return { text: element.textContent, left, middle: (top + bottom) / 2, top, bottom };
      });
    return boxes("line[stroke-dasharray]").map(({ top, bottom }) => {
      const isBeside = ({ middle }) => middle > top && middle < bottom;
      const words = boxes("text")
        .filter(isBeside)
        .sort((one, other) => one.left - other.left);
      return {
        words: words.map(({ text }) => text),
        intervals: boxes("line[stroke-width='3']").filter(isBeside).length,
      };
    });
  },

  /** How many dashes and shapes there are in a picture. */
  looks() {
    const dashes = (id) => {
      const lines = [...document.querySelectorAll(`#${id} [stroke-dasharray]`)];
      return new Set(lines.map((line) => line.getAttribute("stroke-dasharray"))).size;
    };
    const points = [...document.querySelectorAll("#model-history path[transform][fill^='var']")];
    return {
      curves: dashes("training-curve"),
      errors: dashes("error-by-label"),
      lines: dashes("model-history"),
      shapes: new Set(points.map((point) => point.getAttribute("d"))).size,
    };
  },
};
