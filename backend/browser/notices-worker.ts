/** Runs in the background of a browser that shows notices; no page needs to be open. */

type Shown = { title: string; body: string; path: string; tag: string }
type Pushed = { data: { json(): Shown } | null } & Lasting
type Clicked = { notification: Notification } & Lasting
type Lasting = { waitUntil(work: Promise<unknown>): void }

/** What a service worker has and a page has not. */
type PushWorker = {
  registration: ServiceWorkerRegistration
  clients: { openWindow(path: string): Promise<unknown> }
  addEventListener(type: 'push', take: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', take: (event: Clicked) => void): void
}

const noticeWorker = self as unknown as PushWorker

noticeWorker.addEventListener('push', (event) => {
  if (event.data !== null) event.waitUntil(showOnce(event.data.json()))
})

/** What was sent twice is shown once: the later one takes the place of the other, and does not come back when that was put away. */
async function showOnce({ title, body, path, tag }: Shown): Promise<void> {
  const { registration } = noticeWorker
  const isPutAway = (await wasShown(tag)) && (await registration.getNotifications({ tag })).length === 0
  if (!isPutAway) await registration.showNotification(title, { body, tag, data: { path }, icon: '/logo.png' })
}

/** A push is tried again for twelve hours; nobody gets more of them in that time. */
const MOST_KEPT = 500

/** Whether a thing with this tag was shown before; from now on it was. */
async function wasShown(tag: string): Promise<boolean> {
  const shown = await caches.open('notices-shown')
  const name = `/notices-shown/${encodeURIComponent(tag)}`
  if (await shown.match(name)) return true
  await shown.put(name, new Response())
  const names = await shown.keys()
  for (const old of names.slice(0, Math.max(0, names.length - MOST_KEPT))) await shown.delete(old)
  return false
}

noticeWorker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = event.notification.data as { path: string }
  event.waitUntil(noticeWorker.clients.openWindow(path))
})
