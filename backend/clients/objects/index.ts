export { folderObjects } from './folder.ts'
export type { Objects, StoredObject } from './objects.ts'
export { ObjectMissing, objectKey } from './objects.ts'
