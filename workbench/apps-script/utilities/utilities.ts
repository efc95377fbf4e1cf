import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Services } from '../execution/services.ts'
import { enumeration } from '../realm/enumeration.ts'
import { anything, bytes, date, either, integer, memberOf, optional, type Parameter, text } from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { answer, type Method, serviceClass } from '../realm/service-class.ts'
import { makeBlob } from './blob.ts'
import { formatDate } from './format-date.ts'
import { formatString } from './format-string.ts'

const DigestAlgorithm = enumeration('Utilities.DigestAlgorithm', ['MD5', 'SHA_1', 'SHA_256', 'SHA_384', 'SHA_512'])
const MacAlgorithm = enumeration('Utilities.MacAlgorithm', [
  'HMAC_MD5',
  'HMAC_SHA_1',
  'HMAC_SHA_256',
  'HMAC_SHA_384',
  'HMAC_SHA_512',
])
const Charset = enumeration('Utilities.Charset', ['US_ASCII', 'UTF_8'])
const LONGEST_SLEEP = 300_000

const data = either(text, bytes)
const charset = optional(memberOf(Charset))
const arguments_: Parameter<unknown>[] = Array.from({ length: 20 }, () => optional(anything))
const bytesOf = (value: string | Uint8Array) =>
  typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value)
const algorithmOf = (member: string) => member.replace('HMAC_', '').replace('_', '').toLowerCase()

export function utilities({ realm }: Services): object {
  const made = realm.make(serviceClass<unknown>('Utilities', { ...encodings(), ...digests(), ...others() }), undefined)
  for (const each of [DigestAlgorithm, MacAlgorithm, Charset]) {
    Object.defineProperty(made, each.class.name.replace('Utilities.', ''), {
      value: realm.enumerate(each),
      enumerable: true,
    })
  }
  return made

  function others(): Record<string, Method<unknown>> {
    return {
      getUuid: answer([], () => randomUUID()),
      sleep: answer([integer], (_self, milliseconds) => {
        if (milliseconds < 0 || milliseconds > LONGEST_SLEEP) throw new ScriptError(`Invalid argument: ${milliseconds}`)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
      }),
      formatDate: answer([date, text, text], (_self, instant, zone, pattern) => formatDate(instant, zone, pattern)),
      formatString: answer([text, ...arguments_], (_self, template, ...given) => formatString(template, given)),
      newBlob: answer([data, optional(text), optional(text)], (_self, content, contentType, name) =>
        makeBlob(realm, { bytes: bytesOf(content), contentType: contentType ?? 'text/plain', name: name ?? null }),
      ),
    }
  }
}

function encodings(): Record<string, Method<unknown>> {
  const webSafe = (encoded: string) => encoded.replaceAll('+', '-').replaceAll('/', '_')
  const decode = answer([text, charset], (_self, encoded) => {
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(encoded)) throw new ScriptError('Could not decode string.')
    return new Uint8Array(Buffer.from(encoded, 'base64'))
  })
  return {
    base64Encode: answer([data, charset], (_self, value) => bytesOf(value).toString('base64')),
    base64EncodeWebSafe: answer([data, charset], (_self, value) => webSafe(bytesOf(value).toString('base64'))),
    base64Decode: decode,
    base64DecodeWebSafe: decode,
  }
}

function digests(): Record<string, Method<unknown>> {
  const hmac = (algorithm: string, value: string | Uint8Array, key: string | Uint8Array) =>
    new Uint8Array(createHmac(algorithmOf(algorithm), bytesOf(key)).update(bytesOf(value)).digest())
  const keyed = data
  return {
    computeDigest: answer(
      [memberOf(DigestAlgorithm), data, charset],
      (_self, algorithm, value) => new Uint8Array(createHash(algorithmOf(algorithm)).update(bytesOf(value)).digest()),
    ),
    computeHmacSignature: answer([memberOf(MacAlgorithm), data, keyed, charset], (_self, algorithm, value, key) =>
      hmac(algorithm, value, key),
    ),
    computeHmacSha256Signature: answer([data, keyed, charset], (_self, value, key) => hmac('SHA_256', value, key)),
  }
}
