import type { Config } from '../../backend/config.ts'

/** Where a desk keeps its objects that keeps them in a folder. */
export function objectsFolderOf({ objects }: Config): string {
  if (objects.kind !== 'folder') throw new Error('The objects of this desk lie in no folder')
  return objects.dir
}
