import { fontFamily, ink, size } from "./theme.ts";

const namespace = "http://www.w3.org/2000/svg";

/** Makes an SVG element with `attributes` and `children`; text children become text nodes. */
export function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly (SVGElement | string)[] = [],
): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  for (const child of children) {
    made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
  return made;
}

/** An outer `<svg>` of `width` × `height` pixels that sets the font of everything in it. */
export function canvas(
  document: Document,
  width: number,
  height: number,
  children: readonly SVGElement[],
): SVGSVGElement {
  const attributes = {
    ...{ xmlns: namespace, width, height, viewBox: `0 0 ${width} ${height}` },
    ...{ "font-family": fontFamily, "font-size": size.text, fill: ink.text },
  };
  return element(document, "svg", attributes, children) as SVGSVGElement;
}

/** Width and height of an `<svg>` in pixels, from its attributes. */
export function extent(svg: Element): { readonly width: number; readonly height: number } {
  return { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
}

/** Moves `svg` to (x, y) inside another one; what reaches over its edges stays visible. */
export function place(svg: SVGSVGElement, x: number, y: number): SVGSVGElement {
  svg.setAttribute("x", String(x));
  svg.setAttribute("y", String(y));
  svg.setAttribute("overflow", "visible");
  return svg;
}

const longDecimals = /-?\d+\.\d{4,}(e[-+]?\d+)?/g;
const untouched = new Set(["id", "class", "xmlns", "aria-label", "font-family"]);

/**
 * A figure as the text of a file that stands alone: numbers rounded to 3 decimals, ids renumbered in
 * document order (Plot counts its clip paths for the whole process), no style sheet, white background.
 * The same data give the same text. The figure itself is changed by this.
 */
export function figureToSvg(figure: SVGSVGElement): string {
  for (const style of [...figure.querySelectorAll("style")]) style.remove();
  const names = new Map<string, string>();
  const all = [figure, ...figure.querySelectorAll("*")];
  for (const { id } of all) if (id !== "") names.set(id, `n${names.size + 1}`);
  for (const one of all) {
    for (const { name, value } of [...one.attributes]) {
      const tidied = name === "id" ? (names.get(value) ?? value) : tidy(name, value, names);
      if (tidied !== value) one.setAttribute(name, tidied);
    }
  }
  return `${figure.outerHTML}\n`;
}

function tidy(name: string, value: string, names: ReadonlyMap<string, string>): string {
  if (untouched.has(name)) return value;
  return value
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${names.get(id) ?? id})`)
    .replace(longDecimals, (number) => String(Number(Number(number).toFixed(3))));
}

/** `svg` text with every id and every reference to one prefixed, for several figures in a page. */
export function prefixIds(svg: string, prefix: string): string {
  return svg
    .replace(/(\sid=")([^"]+)"/g, `$1${prefix}$2"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`)
    .replace(/(\s(?:xlink:)?href="#)([^"]+)"/g, `$1${prefix}$2"`);
}
