export { accountingTables } from "./accounting-tables.ts";
export { auditTable } from "./audit-table.ts";
