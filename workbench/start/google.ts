import { type Google, startGoogle } from '../emulators/google/google.ts'
import type { GoogleSeed } from '../emulators/google/seed.ts'
import { type Cast, SHOP } from '../scenarios/fern-and-fig.ts'
import type { Secrets } from './secrets.ts'

export const CLIENT_ID = 'sidedesk-workbench.apps.googleusercontent.example'
const SCOPES = ['https://mail.google.com/']

/** The shop's Google Workspace: its people, support@ as a group, and the archive's consent to be read. */
export const startShopGoogle = (
  dataDir: string,
  secrets: Secrets,
  clock: { now(): Date },
  cast: Cast,
): Promise<Google> => startGoogle({ dataDir, clock, seed: seedOf(secrets, cast) })

const seedOf = ({ clientSecret, refreshToken }: Secrets, { staff, inboxes }: Cast): GoogleSeed => {
  const sendAs = [{ email: SHOP.support, name: SHOP.name }]
  return {
    domains: [SHOP.domain],
    users: [
      ...staff.map(({ email, name }) => ({ email, name, sendAs })),
      { email: SHOP.archive, name: 'Archive', sendAs },
    ],
    archive: SHOP.archive,
    groups: [{ email: SHOP.support, name: SHOP.name, members: [...inboxes, SHOP.archive] }],
    oauthClients: [{ id: CLIENT_ID, secret: clientSecret, type: 'installed' }],
    refreshTokens: [{ token: refreshToken, email: SHOP.archive, clientId: CLIENT_ID, scopes: SCOPES }],
  }
}
