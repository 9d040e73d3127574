/** How every figure looks: one font, one set of colours, and a fixed style for each method. */

/** Families tried in this order; the PNG renderer holds the first one. */
export const fontFamily =
  "'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Helvetica, Arial, sans-serif";

/** Sizes in pixels at scale 1. */
export const size = {
  width: 720,
  title: 17,
  subtitle: 13,
  text: 12.5,
  label: 13,
  line: 2,
} as const;

/** Greys of everything that is not data; `optimum` marks the exact solution. */
export const ink = {
  text: "#222222",
  secondary: "#595959",
  axis: "#4d4d4d",
  grid: "#e6e6e6",
  reference: "#7a7a7a",
  optimum: "#000000",
  paper: "#ffffff",
} as const;

/** The Okabe-Ito palette without its yellow, which is too light on white. */
export const okabeIto = {
  vermillion: "#d55e00",
  blue: "#0072b2",
  bluishGreen: "#009e73",
  reddishPurple: "#cc79a7",
  orange: "#e69f00",
  skyBlue: "#56b4e9",
} as const;

/** Marks that tell methods apart without colour; names of Plot's symbols. */
export type MarkerSymbol =
  "circle" | "square" | "triangle" | "diamond" | "star" | "times" | "wye" | "asterisk";

/** How one method is drawn in every figure: colour, and dash and symbol for prints in grey. */
export interface MethodStyle {
  readonly color: string;
  /** SVG `stroke-dasharray` in pixels; `none` is a solid line. */
  readonly dash: string;
  readonly symbol: MarkerSymbol;
}

const assigned: Readonly<Record<string, MethodStyle>> = {
  vanilla: { color: okabeIto.vermillion, dash: "7 3", symbol: "circle" },
  natural: { color: okabeIto.blue, dash: "none", symbol: "square" },
  trpo: { color: okabeIto.bluishGreen, dash: "9 2 2 2", symbol: "triangle" },
  reference: { color: ink.reference, dash: "2 3", symbol: "asterisk" },
};

const spare: readonly MethodStyle[] = [
  { color: okabeIto.reddishPurple, dash: "4 2", symbol: "diamond" },
  { color: okabeIto.orange, dash: "12 3", symbol: "wye" },
  { color: okabeIto.skyBlue, dash: "2 2", symbol: "asterisk" },
];

/** A method as figures know it: the `key` fixes its style, the `label` is what is printed. */
export interface Method {
  readonly key: string;
  readonly label: string;
}

/**
 * The styles of `methods`, in their order: vanilla, natural, trpo and reference have theirs everywhere,
 * any other key takes the next spare one. Throws when the three spare styles run out.
 */
export function stylesFor(methods: readonly Pick<Method, "key">[]): MethodStyle[] {
  let taken = 0;
  return methods.map(({ key }) => {
    const own = assigned[key] as MethodStyle | undefined;
    if (own !== undefined) return own;
    const next = spare[taken++] as MethodStyle | undefined;
    if (next === undefined) {
      throw new RangeError(
        `stylesFor: at most ${spare.length} methods may lack a style of their own, got one more ` +
          `("${key}"): show fewer methods in a figure, or assign it a style in theme.ts`,
      );
    }
    return next;
  });
}

/** The style of each key, in the order in which keys first come: a key looks alike in all panels. */
export function stylesByKey(
  methods: readonly Pick<Method, "key">[],
): (method: Pick<Method, "key">) => MethodStyle {
  const keys = [...new Set(methods.map(({ key }) => key))];
  const styles = stylesFor(keys.map((key) => ({ key })));
  return ({ key }) => styles[keys.indexOf(key)];
}

/** A colour mixed with white: weight 1 is the colour, 0 is white. */
export function tint(color: string, weight: number): string {
  const channel = (at: number): string =>
    Math.round(255 + weight * (parseInt(color.slice(at, at + 2), 16) - 255))
      .toString(16)
      .padStart(2, "0");
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
