export { findOrCreateCaller, giveAddress } from './calling.ts'
export { findOrCreateCustomer, findOrCreateCustomers } from './meeting.ts'
