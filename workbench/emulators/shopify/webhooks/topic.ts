/** As headers and REST name a topic: orders/partially_fulfilled for ORDERS_PARTIALLY_FULFILLED. */
export function topicPath(topic: string): string {
  const [, owner, what] = /^(APP(?=_SCOPES|_UNINSTALLED)|.+?S|SHOP)_(.+)$/.exec(topic) ?? []
  return owner && what ? `${owner}/${what}`.toLowerCase() : topic.toLowerCase()
}
