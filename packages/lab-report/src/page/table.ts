import { type Content, html, type Markup } from "@moongate/text";

export interface CardColumn {
  readonly title: Content;
  /** The words before the cell where the table is stacked on a narrow screen. */
  readonly short: string;
  readonly numbers?: boolean;
}

/**
 * A table that on a narrow screen becomes a list of cards. Its roles are spelled out, since a table
 * that is laid out otherwise loses them.
 *
 * @param rows the first cell of each is its heading.
 */
export function table(
  caption: Content,
  columns: readonly CardColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  return html`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    ({ title, numbers }) =>
      html`<th role="columnheader" scope="col"${numbers === true && NUMBERS}>${title}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => row(columns, cells))}</tbody>
</table>`;
}

const NUMBERS = html` class="n"`;

function row(columns: readonly CardColumn[], [first, ...others]: readonly Content[]): Markup {
  return html`<tr role="row"><th role="rowheader" scope="row">${first}</th>${others.map(
    (cell, index) => {
      const { short = "", numbers } = columns[index + 1] ?? {};
      return html`<td role="cell" data-of="${short}"${numbers === true && NUMBERS}><span>${cell}</span></td>`;
    },
  )}</tr>
`;
}
