import type { DataKind, DataSpec, FileDataSpec } from './dataSpec'

const FILE_KINDS: readonly DataKind[] = ['idx', 'cifar10', 'images', 'csv'] satisfies FileDataSpec['kind'][]
const IMAGE_KINDS: readonly DataKind[] = ['digits', 'shapes', 'textures', 'idx', 'cifar10', 'images']

/** Data that come from the user's files and not from a generator. */
export function isFileData(data: DataSpec): data is FileDataSpec {
  return FILE_KINDS.includes(data.kind)
}

/** Whether samples have positions and channels; IDX files may hold vectors, too. */
export function isImageKind(kind: DataKind): boolean {
  return IMAGE_KINDS.includes(kind)
}

/** Whether samples are photographs, in colour or grey: in ink instead of light they would be negatives. */
export function showsPhotographs(kind: DataKind): boolean {
  return kind === 'images' || kind === 'cifar10'
}

/** Whether samples read by one spec have the shape of those read by the other, from the same files. */
export function keepsShape(before: DataSpec, after: DataSpec): boolean {
  const changes = (data: DataSpec) => [
    data.kind,
    'resize' in data ? data.resize : null,
    'grayscale' in data && data.grayscale,
  ]
  return changes(before).join() === changes(after).join()
}
