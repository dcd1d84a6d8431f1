import { taskChoices } from '../../experiment/choices'
import { isFileData } from '../../experiment/dataKinds'
import type { CsvData, FileDataSpec } from '../../experiment/dataSpec'
import { activeRun } from '../../runs/contenders'
import type { FileReading, FileSummary } from '../../runs/state'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { Select } from '../common/Select'
import { useCommands, usePage } from '../pageContext'
import { optionsOf } from '../settings/ChoiceSetting'
import { describeInFull } from '../settings/describeData'
import rows from '../settings/rows.module.css'
import { Thumbnails } from '../settings/Thumbnails'
import styles from './files.module.css'
import { nameFiles } from './nameFiles'

/** What was found in the files, the guesses that can be changed, and the way on. */
export function FileResult({ files }: { readonly files: Extract<FileReading, { kind: 'read' }> }) {
  const commands = useCommands()
  const { data, summary, columns } = files.summary
  const isInUse = useIsTrainedOn(files.summary)
  return (
    <>
      <p className={styles['names']}>{nameFiles(files.names)}</p>
      {!isInUse && <Thumbnails kind={data.kind} data={summary} />}
      {describeInFull(summary).map((line) => (
        <p key={line} className={styles['quiet']}>
          {line}
        </p>
      ))}
      {data.kind === 'csv' && columns && <TableChoices data={data} columns={columns} />}
      <div className={styles['actions']}>
        {isInUse ? (
          <p className={styles['inUse']}>
            <Icon name="check" /> Training on this
          </p>
        ) : (
          <Button look="strong" onClick={() => commands.trainOnFiles()}>
            Train on this
          </Button>
        )}
        <Button look="quiet" onClick={() => commands.cancelFiles()}>
          {isInUse ? 'Close' : 'Not now'}
        </Button>
      </div>
    </>
  )
}

interface TableChoicesProps {
  readonly data: CsvData
  readonly columns: NonNullable<FileSummary['columns']>
}

function TableChoices({ data, columns }: TableChoicesProps) {
  const commands = useCommands()
  const reread = (change: Partial<CsvData>) => commands.rereadFiles({ ...data, ...change })
  const target = data.target ?? columns.at(-1)?.name ?? ''
  const options = columns.map(({ name, distinct }) => ({ value: name, label: `${name} (${distinct} values)` }))
  return (
    <>
      <div className={rows['row']}>
        <span className={rows['label']}>Predict</span>
        <Select
          label="Column to predict"
          className={rows['wide']}
          value={target}
          options={options}
          // Another column needs another guess of what it is.
          onChange={(next) => reread({ target: next, task: null })}
        />
      </div>
      <div className={rows['row']}>
        <span className={rows['label']}>As</span>
        <Select
          label="What the column holds"
          className={rows['wide']}
          value={data.task ?? 'classification'}
          options={optionsOf(taskChoices)}
          onChange={(task) => reread({ task })}
        />
      </div>
    </>
  )
}

/** Whether the run on screen learns from these files, read in this way. */
function useIsTrainedOn({ data, summary }: FileSummary): boolean {
  return usePage((state) => {
    const run = activeRun(state)
    if (run?.started.data.name !== summary.name) return false
    const running = run.spec.data
    return readsSame(isFileData(running) ? running : undefined, data)
  })
}

function readsSame(running: FileDataSpec | undefined, read: FileDataSpec): boolean {
  if (running?.kind !== read.kind) return false
  if (running.kind === 'csv' && read.kind === 'csv') return running.target === read.target && running.task === read.task
  return true
}
