/// <reference lib="dom" />

/** A piece of the page, drawn by the host. */
export async function fragmentOf(path: string): Promise<string> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(await problemIn(response))
  return response.text()
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await problemIn(response))
  return (await response.json()) as T
}

/** Asks for something to be done that has no answer. */
export async function send(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await problemIn(response))
}

async function problemIn(response: Response): Promise<string> {
  const text = await response.text()
  try {
    return (JSON.parse(text) as { message: string }).message
  } catch (error) {
    if (error instanceof SyntaxError) return `The workbench answered ${response.status}.`
    throw error
  }
}
