import { randomUUID } from 'node:crypto'
import type { Google } from '../emulators/google/google.ts'
import { ADDON_CLIENT } from './addon.ts'

/** The desk understood and said no. */
export class Refused extends Error {
  override name = 'Refused'
}

/** Calls the desk's API as one of the staff, with the identity token that the add-on would show. */
export async function callAs(
  google: Google,
  email: string,
  url: string,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  body?: object,
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${google.users.identityToken(email, ADDON_CLIENT)}`,
      'content-type': 'application/json',
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const said = `${method} ${url} was answered with ${response.status}: ${text}`
  if (response.status >= 400 && response.status < 500) throw new Refused(said)
  if (!response.ok) throw new Error(said)
  return JSON.parse(text)
}
