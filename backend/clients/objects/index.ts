export { folderObjects } from './folder.ts'
export type { Objects, ObjectWriter, StoredObject } from './objects.ts'
export { ObjectMissing, objectKey } from './objects.ts'
