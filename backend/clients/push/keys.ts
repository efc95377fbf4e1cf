import webPush from 'web-push'

/** What a browser gives away so that only it can read: its public key and its secret, base64url. */
export type PushKeys = { p256dh: string; auth: string }

/** Whether something can be encrypted with these keys: a point of the curve P-256, and a secret of 16 bytes or more. */
export function isPushKeys({ p256dh, auth }: PushKeys): boolean {
  try {
    webPush.encrypt(p256dh, auth, 'x', 'aes128gcm')
    return true
  } catch {
    return false
  }
}
