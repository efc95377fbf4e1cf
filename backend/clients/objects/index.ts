export { folderObjects } from './folder.ts'
export type { Objects } from './objects.ts'
export { objectKey } from './objects.ts'
