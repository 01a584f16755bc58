/**
 * The workspace's SQLite database: opening, migrations, and a query module per domain. Nothing here
 * decides anything; rules live in `tracking/` and `lineage/`. Import the query modules directly.
 */
export { Store } from './store.ts';
