import { z } from 'zod'
import type { Box } from '../../platform/keyring.ts'

const TOKEN = 'shop.token'
const REFRESH_TOKEN = 'shop.refresh_token'
const CLIENT_SECRET = 'shop.client_secret'

export const sealToken = (box: Box, shopId: string, token: string) => box.seal(TOKEN, shopId, token)
export const openToken = (box: Box, shopId: string, sealed: Uint8Array) => box.openText(TOKEN, shopId, sealed)

export const sealRefreshToken = (box: Box, shopId: string, token: string) => box.seal(REFRESH_TOKEN, shopId, token)
export const openRefreshToken = (box: Box, shopId: string, sealed: Uint8Array) =>
  box.openText(REFRESH_TOKEN, shopId, sealed)

const ClientSecrets = z.tuple([z.string()], z.string())

/** The app's secret, and the one before it: after a rotation Shopify signs with the older one until that is revoked. */
export type ClientSecrets = z.infer<typeof ClientSecrets>

export const sealClientSecrets = (box: Box, shopId: string, secrets: ClientSecrets) =>
  box.seal(CLIENT_SECRET, shopId, JSON.stringify(secrets))

export const openClientSecrets = (box: Box, shopId: string, sealed: Uint8Array): ClientSecrets =>
  ClientSecrets.parse(JSON.parse(box.openText(CLIENT_SECRET, shopId, sealed)))

/** What to keep when an app is connected with this secret. */
export const withNewest = (secret: string, known: readonly string[]): ClientSecrets => [
  secret,
  ...known.filter((one) => one !== secret).slice(0, 1),
]
