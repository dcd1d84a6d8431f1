/** Files with their places in the folders they came in, by index. */
export interface FilesInPlace {
  readonly files: readonly File[]
  readonly paths: readonly string[]
}

/**
 * What was dropped, folders with all that is in them. Where the browser does not let the page look into them, the
 * files as they are: reading them then says what is wrong.
 *
 * Called in the drop event itself: what was dropped is gone after it.
 */
export async function collectDropped(transfer: DataTransfer): Promise<FilesInPlace> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const plain = [...transfer.files]
  try {
    const found = (await Promise.all(entries.map(filesOf))).flat()
    if (found.length > 0) return { files: found.map(({ file }) => file), paths: found.map(({ path }) => path) }
  } catch {
    // A folder that may not be opened comes as a file that cannot be read.
  }
  return { files: plain, paths: plain.map(({ name }) => name) }
}

async function filesOf(entry: FileSystemEntry): Promise<{ readonly file: File; readonly path: string }[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ file, path: entry.fullPath.replace(/^\//, '') }]
  }
  if (!isFolder(entry)) return []
  const inside = await entriesOf(entry)
  return (await Promise.all(inside.map(filesOf))).flat()
}

/** A folder tells what is in it by the hundred, until it has no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (more.length === 0) return entries
    for (const entry of more) entries.push(entry)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
