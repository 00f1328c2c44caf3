// Generated from version 1.1.0 of the contract: make clients
export const VERSION = "1.1.0";
