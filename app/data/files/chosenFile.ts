/** A file and where it lay in the folder it was chosen with: “flowers/rose/12.png”; its name where it was chosen alone. */
export interface ChosenFile {
  readonly file: File
  readonly path: string
}

/** What systems leave in folders, and the papers that come with CIFAR-10. */
const BESIDE_THE_DATA = /(^|\/)(\.[^/]*|thumbs\.db|desktop\.ini|batches\.meta\.txt|readme\.html)$|(^|\/)__MACOSX\//i

/**
 * The files with their places, less those that only come along with folders.
 *
 * @param paths by file, where the page knows them
 */
export function placeFiles(files: readonly File[], paths: readonly string[] | undefined): readonly ChosenFile[] {
  return files
    .map((file, index) => ({ file, path: paths?.[index] ?? (file.webkitRelativePath || file.name) }))
    .filter(({ path }) => !BESIDE_THE_DATA.test(path))
}

/** Whether the file is meant to be a picture, by its name. */
export function isPictureName(path: string): boolean {
  return /\.(png|jpe?g|gif|webp|bmp|tiff?|avif|heic)$/i.test(path)
}

/** “a.png, b.png and 3 more”. */
export function listFiles(paths: readonly string[], most = 5): string {
  const shown = paths.slice(0, most).join(', ')
  return paths.length > most ? `${shown} and ${paths.length - most} more` : shown
}
