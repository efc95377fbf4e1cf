export type QueueActions = {
  openQueue: { view: string }
  showQueue: { view: string }
  moreOfQueue: { view: string; cursor: string }
}
