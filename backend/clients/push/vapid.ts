import { importJWK, SignJWT } from 'jose'
import webPush from 'web-push'

/** By what push services know who sends: a key pair of P-256, as raw bytes in base64url. */
export type VapidKey = { publicKey: string; privateKey: string }

const VALID_SECONDS = 12 * 3_600

export const newVapidKey = (): VapidKey => webPush.generateVAPIDKeys()

/**
 * The header that says who sends: https://www.rfc-editor.org/rfc/rfc8292. Signed here, because the library that encrypts takes the clock of
 * the machine for how long it is good.
 * @param contact an address of the web or of mail at which the service reaches whoever runs the desk
 * @param at when it is sent; it is good for twelve hours
 */
export async function vapidHeader(
  endpoint: string,
  { publicKey, privateKey }: VapidKey,
  { contact, at }: { contact: string; at: Date },
): Promise<string> {
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y, d: privateKey }, 'ES256')
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setAudience(new URL(endpoint).origin)
    .setSubject(contact)
    .setExpirationTime(Math.floor(at.getTime() / 1_000) + VALID_SECONDS)
    .sign(key)
  return `vapid t=${token}, k=${publicKey}`
}
