export { findOrCreateCaller, giveAddress } from './calling.ts'
export { customerJoined, customerRenamed } from './events.ts'
export { findOrCreateCustomer, findOrCreateCustomers } from './meeting.ts'
export { lockCustomer, renameIn } from './renaming.ts'
