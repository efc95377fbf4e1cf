import { generateKeyPairSync } from 'node:crypto'

/** One key for the emulated Google of the whole run, because making one takes longer than many a story. */
export const makeGoogleKey = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  process.env['SIDEDESK_TEST_GOOGLE_KEY'] = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** As PEM; the environment is all that jest hands from its set-up to its workers. */
export const googleKey = () => process.env['SIDEDESK_TEST_GOOGLE_KEY']
