import { useState } from 'react'
import { Button } from '../common/Button'
import { Popover } from '../common/Popover'
import styles from './DataTable.module.css'
import { pageCount, pageRange } from './pages'

/** A table as text: the first column names the row. */
export interface TableText {
  /** Says more exactly what was read than the button can beforehand: which layer at which step. */
  readonly caption?: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface DataTableProps {
  /** What the numbers are: “loss over the steps”. */
  readonly label: string
  /** About how many columns there will be: the width is needed before they are read. */
  readonly columns: number
  /** Takes the numbers when the table is opened: they stay as they are while somebody reads them. */
  readonly read: () => TableText
}

/** A column of numbers and the names around it, CSS pixels. */
const columnWidth = 88
const narrowest = 300

/** “Show as table”: out of sight until the keyboard reaches it, for people who cannot read the chart. */
export function DataTable({ label, columns, read }: DataTableProps) {
  const [table, setTable] = useState<TableText>()
  return (
    <Popover
      label={`Show as table: ${label}`}
      trigger="Show as table"
      triggerClassName={styles['open']}
      width={Math.max(narrowest, columns * columnWidth)}
      onToggle={(isOpen) => setTable(isOpen ? read() : undefined)}
    >
      {table && <Pages label={label} table={table} />}
    </Popover>
  )
}

/** A page of rows at a time: nobody listens to a thousand. */
function Pages({ label, table }: { readonly label: string; readonly table: TableText }) {
  const [page, setPage] = useState(0)
  const count = pageCount(table.rows.length)
  const { from, to } = pageRange(page, table.rows.length)
  const moves = [
    { name: 'First', to: 0, isPossible: page > 0 },
    { name: 'Previous', to: page - 1, isPossible: page > 0 },
    { name: 'Next', to: page + 1, isPossible: page < count - 1 },
    { name: 'Last', to: count - 1, isPossible: page < count - 1 },
  ]
  return (
    <>
      <div className={styles['pager']}>
        {count > 1 &&
          moves.map((move) => (
            // Not disabled at the ends: the button that was pressed would lose the focus.
            <Button
              key={move.name}
              aria-disabled={!move.isPossible}
              onClick={() => move.isPossible && setPage(move.to)}
            >
              {move.name}
            </Button>
          ))}
        <output className={styles['place']}>
          {table.rows.length === 0 ? 'Nothing measured yet.' : `Rows ${from + 1} to ${to} of ${table.rows.length}`}
        </output>
      </div>
      <table className={styles['table']}>
        <caption>{table.caption ?? label}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(from, to).map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
