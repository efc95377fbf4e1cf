import { ScriptError } from '../realm/script-error.ts'

/** The few calls of the Gmail REST API behind GmailApp, with the user's bearer token. */
export function gmailRest(baseUrl: string, accessToken: string, signal: AbortSignal) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await reach(`${baseUrl}/gmail/v1/users/me/${path}`, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.status === 404) throw new ScriptError('Invalid argument: the message or thread was not found.')
    if (!response.ok) throw new ScriptError(`Gmail operation failed with code ${response.status}.`)
    return (await response.json()) as T
  }

  return {
    message: (id: string) =>
      call<{ id: string; threadId: string; raw: string }>('GET', `messages/${encodeURIComponent(id)}?format=raw`),
    threadMessageIds: async (id: string) => {
      const thread = await call<{ messages?: { id: string }[] }>(
        'GET',
        `threads/${encodeURIComponent(id)}?format=minimal`,
      )
      return (thread.messages ?? []).map((message) => message.id)
    },
    createDraft: (raw: string, threadId: string | undefined) =>
      call<{ id: string; message: { id: string; threadId: string } }>('POST', 'drafts', {
        message: { raw, ...(threadId !== undefined && { threadId }) },
      }),
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ScriptError('Service unavailable: Gmail')
  }
}
