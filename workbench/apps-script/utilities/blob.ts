import { optional, text } from '../realm/parameter.ts'
import type { Realm } from '../realm/realm.ts'
import { answer, chain, serviceClass, set } from '../realm/service-class.ts'

export type Blob = { bytes: Uint8Array; contentType: string | null; name: string | null }

const blobClass = serviceClass<Blob>('Blob', {
  getBytes: answer([], (blob) => blob.bytes),
  getDataAsString: answer([optional(text)], (blob, charset) => new TextDecoder(charset ?? 'utf-8').decode(blob.bytes)),
  getContentType: answer([], (blob) => blob.contentType),
  getName: answer([], (blob) => blob.name),
  setName: set('name', text),
  setContentType: set('contentType', text),
  setDataFromString: chain([text], (blob, data) => {
    blob.bytes = new TextEncoder().encode(data)
  }),
})

export const makeBlob = (realm: Realm, blob: Blob): object => realm.make(blobClass, blob)

/** The data of a blob of the script, or undefined for anything else. */
export function blobBytes(realm: Realm, value: unknown): Blob | undefined {
  const found = realm.find(value)
  return found?.class.name === blobClass.name ? (found.state as Blob) : undefined
}
