import { DataError, formatCount, formatQuantity } from '../dataError'
import type { Task } from '../dataset'
import { ByteStream } from './byteStream'
import { listFiles, type ChosenFile } from './chosenFile'
import { MAX_CLASSES } from './column'
import type { DecodePicture } from './decodePicture'
import type { Reading } from './fileSlices'
import { readPicture, type Picture } from './picture'
import { PictureFault } from './pictureHeader'
import { labelByFolder, labelByTable, type PictureLabels } from './pictureLabels'

/** Pictures as kept after reading, those for testing last; size and colours are up to the spec. */
export interface ImagesContent {
  readonly kind: 'images'
  readonly name: string
  readonly task: Extract<Task, { kind: 'classification' }>
  readonly pictures: readonly Picture[]
  /** [pictures]: class numbers. */
  readonly targets: Float32Array
  /** How many pictures at the end lay in folders for testing; 0 where all or none did. */
  readonly testingCount: number
  readonly notes: readonly string[]
}

/** A picture that was left out, and why, to go on after its path. */
interface LeftOut {
  readonly path: string
  readonly reason: string
}

interface Labelled {
  readonly picture: Picture
  readonly label: string
  readonly forTesting: boolean
}

/** Numbers in names count as numbers, so that “2” comes before “10”. */
const byName = new Intl.Collator('en', { numeric: true })
/** Left-out files named one by one. */
const MOST_NAMED = 5

/**
 * Reads pictures one after the other. Those that cannot be used are left out, with the reasons in the notes; it is for
 * the user to train on the rest or not.
 *
 * @throws DataError where no two classes are left, or the table of labels cannot be read
 */
export async function readImageFiles(
  files: readonly ChosenFile[],
  reading: Reading,
  decode: DecodePicture,
): Promise<ImagesContent> {
  const tables = files.filter(({ path }) => /\.(csv|tsv)$/i.test(path))
  // Browsers list folders in any order, and the same pictures are to give the same data set.
  const pictures = files
    .filter((file) => !tables.includes(file))
    .toSorted((one, other) => byName.compare(one.path, other.path))
  const labels = await findLabels(tables, pictures, reading)
  const leftOut: LeftOut[] = []
  const read: Labelled[] = []
  for (const { file, path } of pictures) {
    reading.signal.throwIfAborted()
    try {
      read.push(await readLabelled({ file, path }, labels, decode))
    } catch (error) {
      if (!(error instanceof PictureFault)) throw error
      leftOut.push({ path, reason: error.message })
    }
    reading.onBytesRead(file.size, file)
  }
  const notes = [...labels.notes, ...describeLeftOut(leftOut, pictures.length)]
  checkClasses(read, pictures, notes)
  return contentOf(nameOf(pictures), read, notes)
}

async function findLabels(
  tables: readonly ChosenFile[],
  pictures: readonly ChosenFile[],
  reading: Reading,
): Promise<PictureLabels> {
  const paths = pictures.map(({ path }) => path)
  const [table, ...others] = tables
  if (table === undefined) return labelByFolder(paths)
  if (others.length > 0) {
    throw new DataError(
      `${listFiles(tables.map(({ path }) => path))}: it is not clear which of these tables holds the labels. Choose one ` +
        'together with the pictures.',
    )
  }
  return labelByTable(await ByteStream.open(table.file, reading), paths)
}

/** The label comes first: what has none is never decoded. */
async function readLabelled(
  { file, path }: ChosenFile,
  { labelOf, forTesting, missing }: PictureLabels,
  decode: DecodePicture,
): Promise<Labelled> {
  const label = labelOf.get(path)
  if (label === undefined) throw new PictureFault(missing)
  return { picture: await readPicture(file, decode), label, forTesting: forTesting.has(path) }
}

function describeLeftOut(leftOut: readonly LeftOut[], count: number): string[] {
  if (leftOut.length === 0) return []
  const named = leftOut.slice(0, MOST_NAMED).map(({ path, reason }) => `${path} ${reason}`)
  const more = leftOut.length > MOST_NAMED ? `; and ${formatCount(leftOut.length - MOST_NAMED)} more` : ''
  return [
    `${formatCount(leftOut.length)} of ${formatQuantity(count, 'file')} left out: ${named.join('; ')}${more}. ` +
      'Mend and choose them again, or go on without them.',
  ]
}

function checkClasses(read: readonly Labelled[], files: readonly ChosenFile[], notes: readonly string[]): void {
  const classes = new Set(read.map(({ label }) => label))
  if (classes.size > 1 && classes.size <= MAX_CLASSES) return
  const [only] = classes
  const found =
    classes.size > 1
      ? `${formatCount(classes.size)} classes, more than the ${formatCount(MAX_CLASSES)} that are read`
      : only === undefined
        ? 'no picture that can be used'
        : `${formatQuantity(read.length, 'picture')} of one class only, “${only}”`
  const names = listFiles(files.map(({ path }) => path))
  const advice =
    'Choose a folder with a folder of pictures for each class, or pictures and a table (CSV) with the columns “file” ' +
    'and “label”.'
  throw new DataError([`${names}: found ${found}, expected at least two classes. ${advice}`, ...notes].join(' '))
}

function contentOf(name: string, read: readonly Labelled[], notes: readonly string[]): ImagesContent {
  const ordered = [...read.filter(({ forTesting }) => !forTesting), ...read.filter(({ forTesting }) => forTesting)]
  const testing = read.filter(({ forTesting }) => forTesting).length
  const testingCount = testing === read.length ? 0 : testing
  const classNames = [...new Set(read.map(({ label }) => label))].toSorted(byName.compare)
  const pictures = ordered.map(({ picture }) => picture)
  const stretched = pictures.filter(({ width, height }) => width !== height).length
  return {
    kind: 'images',
    name,
    task: { kind: 'classification', classes: classNames.length, classNames },
    pictures,
    targets: Float32Array.from(ordered, ({ label }) => classNames.indexOf(label)),
    testingCount,
    notes: [
      ...notes,
      ...(stretched > 0 ? [`${formatQuantity(stretched, 'picture')} not square: stretched to be.`] : []),
      ...(testingCount > 0
        ? [`The ${formatCount(testingCount)} for testing come last; “hold out the last” keeps them apart.`]
        : []),
    ],
  }
}

/** The folder that all of them lie in; without one, what they are. */
function nameOf(files: readonly ChosenFile[]): string {
  const folders = new Set(files.map(({ path }) => path.split('/').slice(0, -1)[0]))
  const [folder] = folders
  return folders.size === 1 && folder !== undefined ? folder : 'pictures'
}
