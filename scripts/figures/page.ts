import { fontFamily, ink } from "./theme.ts";

export interface Page {
  readonly title: string;
  readonly lead: string;
  /** HTML below the heading; trusted. */
  readonly body: string;
  /** CSS beyond that of every page. */
  readonly css?: string;
  /** `@font-face` rules, see `embeddedFonts`. */
  readonly fonts?: string;
}

/** One HTML page that fetches nothing from elsewhere, and prints; `title` and `lead` are escaped. */
export function renderPage({ title, lead, body, css = "", fonts = "" }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${fonts}${common}${css}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(lead)}</p>
</header>
${body}
</main>
</body>
</html>
`;
}

/** `text` with the five characters that mean something in HTML replaced, and m × 10ⁿ kept on one line. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
    ...{ '"': "&quot;", "'": "&#39;" },
  };
  const escaped = text.replace(/[&<>"']/g, (character) => entities[character]);
  return escaped.replaceAll(" × 10", "\u00a0×\u00a010");
}

const common = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: ${ink.text}; font: 16px/1.55 ${fontFamily}; }
main { max-width: 760px; margin: 0 auto; padding: 48px 20px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 12px; font-weight: 600; }
h2 { font-size: 20px; line-height: 1.3; margin: 52px 0 6px; font-weight: 600; }
.lead { font-size: 18px; color: ${ink.secondary}; margin: 0; }
p { margin: 0 0 16px; max-width: 68ch; }
@media print { main { max-width: none; padding: 0; } body { font-size: 11pt; } }
`;
