import { html, type Content, type Markup } from "@moongate/text";

export interface PageColumn {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A table on a desk; on a phone every row is a card whose lines are named by the columns. */
export function table(
  columns: readonly PageColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  const style = (column: PageColumn | undefined): Content =>
    column?.numeric === true ? "number" : "";
  return html`<table><thead><tr>${columns.map(
    (column) => html`<th scope="col" class="${style(column)}">${column.title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) => {
        const column = columns[index];
        return html`<td class="${style(column)}" data-title="${column?.title ?? ""}">${cell}</td>`;
      })}</tr>
`,
  )}</tbody></table>`;
}
