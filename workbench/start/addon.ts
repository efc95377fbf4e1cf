import { buildAddon } from '../../toolchain/build-addon.ts'
import { type AppsScript, startAppsScript } from '../apps-script/index.ts'
import type { Google } from '../emulators/google/google.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'

/** OAuth client of the script's Cloud project: the audience of its identity tokens. */
export const ADDON_CLIENT = `addon.${SHOP.domain}`

interface Surroundings {
  google: Google
  publicUrl: string
  /** Where the backend really is at this moment. */
  backendUrl: () => string
  outDir: string
  clock: { now(): Date }
}

/** Builds the add-on as a deployment would and gives it the runtime that Apps Script gives it. */
export async function startAddon({ google, publicUrl, backendUrl, outDir, clock }: Surroundings): Promise<AppsScript> {
  const { codePath, manifestPath } = await buildAddon({ backendUrl: publicUrl, outDir })
  return startAppsScript({
    bundle: codePath,
    manifest: manifestPath,
    clock,
    identityToken: async ({ email }, claims) =>
      google.users.identityToken(
        email,
        ADDON_CLIENT,
        claims.email ? {} : { extra: { email: undefined, email_verified: undefined } },
      ),
    gmailUrl: google.url,
    gmailAccessToken: ({ email }) => google.users.accessToken(email),
    resolveUrl: (url) => (url.startsWith(publicUrl) ? backendUrl() + url.slice(publicUrl.length) : url),
  })
}
