import { escapeHtml, renderPage } from "./page.ts";
import { ink, okabeIto } from "./theme.ts";

/** One experiment on the wall: its picture, what it claims, and how it came out. */
export interface Card {
  readonly title: string;
  readonly source: string;
  readonly claim: string;
  /** Relative address of the report that the card opens. */
  readonly report: string;
  /** Relative address of a picture. */
  readonly picture?: string;
  /** A few lines of the table "published | derived | ours". */
  readonly rows: readonly {
    readonly quantity: string;
    readonly published: string;
    readonly derived: string;
    readonly ours: string;
  }[];
  readonly verdict: "agrees" | "differs" | "qualitative";
  /** Such as how many more quantities the report compares, and how long it took. */
  readonly remark: string;
}

export interface Gallery {
  readonly title: string;
  readonly lead: string;
  readonly cards: readonly Card[];
  /** Plain lines below, such as what has not been run. */
  readonly remarks: readonly string[];
  /** `@font-face` rules, see `embeddedFonts`. */
  readonly fonts?: string;
}

/** An index page of cards; every text is plain and is escaped, pictures are loaded from beside it. */
export function renderGallery({ title, lead, cards, remarks, fonts = "" }: Gallery): string {
  const notes = remarks.map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`);
  const body = `<div class="wall">\n${cards.map(cardHtml).join("\n")}\n</div>\n${notes.join("\n")}`;
  return renderPage({ title, lead, body, css, fonts });
}

function cardHtml(card: Card): string {
  const address = escapeHtml(card.report);
  const picture =
    card.picture === undefined
      ? ""
      : `<a class="picture" href="${address}"><img src="${escapeHtml(card.picture)}" alt="" loading="lazy"></a>\n`;
  const rows = card.rows.map(
    ({ quantity, published, derived, ours }) =>
      `<tbody><tr><th scope="rowgroup" colspan="3">${escapeHtml(quantity)}</th></tr>\n<tr>${[published, derived, ours].map((text) => `<td>${escapeHtml(text)}</td>`).join("")}</tr></tbody>`,
  );
  return `<article>
${picture}<h2><a href="${address}">${escapeHtml(card.title)}</a></h2>
<p class="source">${escapeHtml(card.source)}</p>
<p>${escapeHtml(card.claim)}</p>
<table><thead><tr><th scope="col">published</th><th scope="col">derived</th><th scope="col">ours</th></tr></thead>
${rows.join("\n")}</table>
<p class="verdict ${card.verdict}"><span>${marks[card.verdict]}</span> <span class="remark">${escapeHtml(card.remark)}</span></p>
</article>`;
}

const marks: Readonly<Record<Card["verdict"], string>> = {
  agrees: "✓ agrees",
  differs: "✗ differs",
  qualitative: "≈ qualitative",
};

const css = `
main { max-width: 1180px; }
.wall { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 28px; margin-top: 36px; }
article { border: 1px solid ${ink.grid}; border-radius: 6px; padding: 0 18px 6px; display: flex; flex-direction: column; }
.picture { display: block; margin: 0 -18px; border-bottom: 1px solid ${ink.grid}; }
.picture img { display: block; width: 100%; height: 230px; object-fit: contain; object-position: center; background: #fff; border-radius: 6px 6px 0 0; }
h2 { font-size: 18px; margin: 16px 0 2px; } h2 a { color: inherit; text-decoration: none; } h2 a:hover { text-decoration: underline; }
.source, .remark { color: ${ink.secondary}; font-size: 13.5px; } .source { margin-bottom: 10px; line-height: 1.4; }
article p { font-size: 15px; line-height: 1.45; margin-bottom: 12px; }
table { border-collapse: collapse; font-size: 13.5px; line-height: 1.35; font-variant-numeric: tabular-nums; width: 100%; table-layout: fixed; margin: auto 0 10px; }
thead th { font-weight: 600; border-bottom: 0.75px solid ${ink.text}; }
th, td { padding: 3px 0 3px 10px; vertical-align: top; text-align: left; overflow-wrap: break-word; }
th:first-child, td:first-child { padding-left: 0; }
tbody { border-bottom: 0.75px solid ${ink.grid}; } tbody th { font-weight: 400; color: ${ink.secondary}; padding: 5px 0 0; } td { padding-bottom: 5px; }
.verdict { font-weight: 600; } .verdict .remark { font-weight: 400; }
.agrees > span:first-child { color: ${okabeIto.bluishGreen}; } .differs > span:first-child { color: ${okabeIto.vermillion}; }
.qualitative > span:first-child { color: ${okabeIto.blue}; }
`;
