import { escapeHtml, renderPage } from "./page.ts";
import { prefixIds } from "./svg.ts";
import type { Table } from "./table.ts";
import { ink } from "./theme.ts";

/** A heading, what the figure below it shows in one sentence, the figure, and its numbers. */
export interface ReportSection {
  readonly heading: string;
  readonly sentence: string;
  /** The text of a figure from `figureToSvg`; trusted, it goes into the page as it is. */
  readonly svg?: string;
  readonly table?: Table;
}

/** A page of sections; every text in it is plain and is escaped. */
export interface Report {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly ReportSection[];
  /** What one needs to make the report again: seeds, versions, the command. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** `@font-face` rules, see `embeddedFonts`. */
  readonly fonts?: string;
}

/** One self-contained HTML page: inline SVG and CSS, nothing is fetched, and it prints. */
export function renderReport({ title, lead, sections, settings, fonts = "" }: Report): string {
  const body = `${sections.map(section).join("\n")}\n${settingsSection(settings)}`;
  return renderPage({ title, lead, body, css, fonts });
}

function section({ heading, sentence, svg, table }: ReportSection, index: number): string {
  const number = index + 1;
  const figure =
    svg === undefined ? "" : `<figure>${prefixIds(svg.trim(), `s${number}-`)}</figure>\n`;
  return `<section id="section-${number}">
<h2><span class="number">${number}</span>${escapeHtml(heading)}</h2>
<p>${escapeHtml(sentence)}</p>
${figure}${table === undefined ? "" : `${tableHtml(table)}\n`}</section>`;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const classOf = (i: number): string => (i < columns.length ? columns[i].align : "left");
  const head = columns.map(
    ({ header, align }) => `<th scope="col" class="${align}">${escapeHtml(header)}</th>`,
  );
  const body = rows.map((cells) => {
    const tags = cells.map((cell, i) => `<td class="${classOf(i)}">${escapeHtml(cell)}</td>`);
    return `<tr>${tags.join("")}</tr>`;
  });
  const title = caption === undefined ? "" : `<caption>${escapeHtml(caption)}</caption>\n`;
  return `<div class="wide"><table>
${title}<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>`;
}

function settingsSection(settings: Report["settings"]): string {
  const entries = Object.entries(settings);
  if (entries.length === 0) return "";
  const items = entries.map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd>`,
  );
  return `<section id="settings">
<h2>Settings</h2>
<dl>
${items.join("\n")}
</dl>
</section>`;
}

const css = `
.number { color: ${ink.reference}; margin-right: 0.6em; font-weight: 400; }
figure { margin: 18px 0 22px; }
figure svg { display: block; width: 100%; height: auto; }
.wide { overflow-x: auto; margin: 0 0 8px; }
table { border-collapse: collapse; font-size: 14.5px; line-height: 1.4; font-variant-numeric: tabular-nums;
  border-top: 1.5px solid ${ink.text}; border-bottom: 1.5px solid ${ink.text}; min-width: 50%; }
caption { text-align: left; color: ${ink.secondary}; padding-bottom: 8px; }
th { font-weight: 600; border-bottom: 0.75px solid ${ink.text}; vertical-align: bottom; }
th, td { padding: 5px 14px 5px 0; }
th + th, td + td { padding-left: 14px; }
th:last-child, td:last-child { padding-right: 0; }
td { border-bottom: 1px solid ${ink.grid}; }
tbody tr:last-child td { border-bottom: 0; }
.left { text-align: left; } .right { text-align: right; } .centre { text-align: center; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 12px 0 0; font-size: 14.5px; }
dt { color: ${ink.secondary}; } dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
@media print {
  section { break-inside: avoid; } h2 { break-after: avoid; margin-top: 28px; }
}
`;
